package org.manusroutes.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.standins.HeldPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** {@code second-database} in the unzipped distribution, with a database server of its own that goes away. */
class SecondDatabaseRecipeIT {
    @TempDir
    private Path folder;

    @Test
    void keepsARowOfEachFinishedTaskAlsoWhenTheDatabaseIsAwayAtTheStart() throws Exception {
        try (HeldPort port = HeldPort.take()) {
            String url =
                    "jdbc:h2:tcp://127.0.0.1:" + port.number() + "/warehouse;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
            JdbcClient warehouse = JdbcClient.create(new DriverManagerDataSource(url, "sa", ""));
            Server server = server(port);
            try (Recipe recipe = Recipe.follow(
                    folder,
                    "second-database",
                    Map.of("acme.warehouse.url", url, "acme.warehouse.user", "sa", "acme.warehouse.password", ""))) {
                warehouse
                        .sql("create table finished_task (event_key varchar(255) primary key, task_id varchar(200),"
                                + " title varchar(1000), finished_at timestamp with time zone)")
                        .update();
                assertThat(recipe.command("routes", "check")).startsWith("0 no problems");
                recipe.startWithAnEvent("with");
                recipe.awaitDone(1);
                assertThat(rows(warehouse)).isEqualTo(1);
                recipe.stop();
                server.stop();

                recipe.startWithAnEvent("without");
                server = server(port);
                await().until(() -> rows(warehouse) == 2);
                recipe.awaitDone(1);
            } finally {
                server.stop();
            }
        }
    }

    private Server server(HeldPort port) throws Exception {
        return Server.createTcpServer(
                        "-tcpPort",
                        String.valueOf(port.number()),
                        "-ifNotExists",
                        "-baseDir",
                        folder.resolve("warehouse").toString())
                .start();
    }

    private static long rows(JdbcClient warehouse) {
        return warehouse
                .sql("select count(*) from finished_task where title = 'A title'")
                .query(Long.class)
                .single();
    }
}
