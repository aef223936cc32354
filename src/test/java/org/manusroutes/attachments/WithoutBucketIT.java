package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.standins.FileServer;
import org.manusroutes.standins.StandIn;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An installation that copies no files pays nothing for it, and its route is there all the same. */
@Timeout(120)
class WithoutBucketIT {

    @ParameterizedTest
    @ValueSource(strings = {"manus.attachments.bucket=", "manus.attachments.enabled=false"})
    void neitherFetchesAFileNorOpensAnS3Client(String off) {
        try (FileServer files = FileServer.start();
                ConfigurableApplicationContext application = start(files, off)) {
            ProducerTemplate producer = application.getBean(ProducerTemplate.class);

            Exchange done = CopyingApplication.copy(
                    producer, "t", "e", List.of(Map.of("file_name", "a", "url", files.file("a", 1))));

            assertThat(done.getException()).isNull();
            assertThat(files.requests("a")).isEmpty();
            assertThat(application.getBeanFactory().containsSingleton("s3Client"))
                    .isFalse();
            assertThat(application.getBean(CamelContext.class).hasComponent("aws2-s3"))
                    .isNull();
        }
    }

    @Test
    void takesEventsWithoutFiles() {
        try (FileServer files = FileServer.start();
                ConfigurableApplicationContext application = start(files, "manus.attachments.bucket=b")) {
            Attachments attachments = application.getBean(Attachments.class);

            assertThat(attachments.pending(Map.of(), "e", null)).isEmpty();
            assertThat(attachments.pending(Map.of("task_detail", "odd"), "e", "t"))
                    .isEmpty();
            for (Object none : Arrays.asList(null, List.of(), "odd", Map.of())) {
                Map<String, Object> detail = new HashMap<>();
                detail.put("attachments", none);
                assertThat(attachments.pending(Map.of("task_detail", detail), "e", "t"))
                        .isEmpty();
            }
            assertThat(application.getBeanFactory().containsSingleton("s3Client"))
                    .isFalse();
        }
    }

    private static ConfigurableApplicationContext start(StandIn files, String setting) {
        SpringApplicationBuilder builder =
                new SpringApplicationBuilder(CopyingApplication.class).web(WebApplicationType.NONE);
        Map<String, Object> settings = CopyingApplication.settings(files);
        settings.put("manus.attachments.bucket", "b");
        settings.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        return builder.run(settings.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new));
    }
}
