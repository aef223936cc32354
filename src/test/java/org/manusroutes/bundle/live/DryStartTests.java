package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FolderCopy;
import org.manusroutes.bundle.camel.BundleBeans;
import org.manusroutes.bundle.camel.BundleContext;
import org.manusroutes.bundle.check.BundleCheck;
import org.manusroutes.cli.CommandBeans;
import org.springframework.context.ConfigurableApplicationContext;

/** What a component makes when it starts, a scheduler or a client, outlives a check: nothing is started in one. */
class DryStartTests {
    @TempDir
    private Path folder;

    @Test
    void startsNoComponentAndNoEndpointThatReachesOutside() throws Exception {
        FolderCopy.mirror(Path.of("routes"), folder);
        Path file = folder.resolve("unknown-event.camel.yaml");
        Files.writeString(file, Files.readString(file).replace("      steps:\n", """
                      steps:
                        - to:
                            uri: moody:out
                """));
        Files.writeString(folder.resolve("from-a-queue.camel.yaml"), MoodyComponent.FROM_A_QUEUE);
        Bundle bundle = Bundle.read(folder);
        int before = MoodyComponent.starts.get();
        try (ConfigurableApplicationContext beans = CommandBeans.open()) {
            assertThat(new BundleCheck(beans).check(bundle)).isEmpty();
            assertThat(MoodyComponent.starts).hasValue(before);

            var camel = BundleContext.create(beans, new BundleBeans(beans), "real");
            camel.start();
            camel.getEndpoint("moody:in");
            assertThat(MoodyComponent.starts).as("what a real context starts").hasValue(before + 2);
            camel.stop();
        }
    }
}
