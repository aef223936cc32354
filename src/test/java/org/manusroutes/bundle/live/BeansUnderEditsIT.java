package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.util.FileSystemUtils;

/** A second database as a bean of a file, added and removed time and again. */
class BeansUnderEditsIT {
    /** More by hand: -Dedits=200. */
    private static final int EDITS = Integer.getInteger("edits", 24);

    @TempDir
    private Path folder;

    @Test
    void leavesNoConnectionAndNoThreadBehind() throws Exception {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        assertThat(EDITS).isGreaterThan(10);
        try (RunningApplication application = RunningApplication.start(
                Databases.H2.fresh(),
                Map.of(
                        "manus.webhook.signature", "off",
                        "manus.routes.directory", folder,
                        "manus.routes.settle", "100ms",
                        "acme.warehouse.url", "jdbc:h2:mem:warehouse;DB_CLOSE_DELAY=-1"))) {
            GuardedReload reload = application.bean(GuardedReload.class);
            edit(reload, true);
            deliver(application, "first");
            long pools = pools();
            assertThat(pools).isPositive();
            for (int i = 0; i < EDITS / 2; i++) {
                edit(reload, false);
                edit(reload, true);
            }
            deliver(application, "last");
            await().until(() -> pools() == pools);
            edit(reload, false);
            await().until(() -> pools() == 0);
        }
    }

    private static void deliver(RunningApplication application, String id) throws Exception {
        application.post("{\"event_id\": \"%s\", \"event_type\": \"something_new\"}".formatted(id));
        await().until(() ->
                application.count("select count(*) from event where event_id = '" + id + "' and state = 'done'") == 1);
    }

    private void edit(GuardedReload reload, boolean warehouse) throws IOException {
        long before = reload.running().number();
        Path file = folder.resolve("unknown-event.camel.yaml");
        String shipped = Files.readString(Path.of("routes/unknown-event.camel.yaml"));
        Files.writeString(file, warehouse ? """
                        - beans:
                            - name: warehouse
                              type: com.zaxxer.hikari.HikariDataSource
                              properties:
                                jdbcUrl: "{{acme.warehouse.url}}"
                                maximumPoolSize: 2
                                poolName: warehouse
                        """ + shipped.replace("      steps:\n", """
                              steps:
                                - to:
                                    uri: sql
                                    parameters:
                                      dataSource: "#warehouse"
                                      noop: true
                                      query: select 1
                        """.indent(0)) : shipped);
        await().until(() -> reload.running().number() > before);
    }

    /** Each pool has a housekeeper. */
    private static long pools() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("warehouse"))
                .count();
    }
}
