package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class AttachmentPropertiesTests {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Settings.class);

    @Test
    void areOffAsShipped() {
        runner.withInitializer(new ConfigDataApplicationContextInitializer()).run(context -> {
            AttachmentProperties shipped = context.getBean(AttachmentProperties.class);

            assertThat(shipped.active()).isFalse();
            assertThat(shipped.maxSize()).isEqualTo(DataSize.ofGigabytes(2));
            assertThat(shipped.allowedHosts()).contains("*.manuscdn.com", "s3.amazonaws.com");
            assertThat(shipped.allowHttp()).isFalse();
            assertThat(shipped.allowPrivateAddresses()).isFalse();
        });
    }

    @Test
    void neverPrintTheKeys() {
        runner.withPropertyValues("manus.attachments.access-key=AKIA-x", "manus.attachments.secret-key=wJalr-x")
                .run(context -> assertThat(context.getBean(AttachmentProperties.class))
                        .asString()
                        .doesNotContain("AKIA-x", "wJalr-x"));
    }

    @Test
    void readHostsThatAreSeparatedByCommas() {
        runner.withPropertyValues("manus.attachments.allowed-hosts=a.example, *.b.example")
                .run(context -> assertThat(
                                context.getBean(AttachmentProperties.class).allowedHosts())
                        .isEqualTo(List.of("a.example", "*.b.example")));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    max-size=6GB, at most 5GB
                    max-size=0B, more than 0
                    access-key=a, set together
                    endpoint=minio:9000, is a URL with http or https
                    link-base-url=http://files.example.com, is an https URL
                    link-base-url=https://files.example.com/?a, is an https URL
                    link-base-url=https://a@files.example.com, is an https URL
                    server-side-encryption=yes, AES256
                    prefix=a$b, may hold letters
                    total-timeout=0s, totalTimeout
                    """)
    void areRefusedAtTheStartWhenTheyCannotWork(String setting, String reason) {
        runner.withPropertyValues("manus.attachments." + setting)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(reason));
    }

    @EnableConfigurationProperties(AttachmentProperties.class)
    static class Settings {}
}
