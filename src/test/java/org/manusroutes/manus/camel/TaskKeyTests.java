package org.manusroutes.manus.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.event.EventVariables;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SimulatedTask;
import org.manusroutes.support.Databases;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Under which key {@code manus:createTask} creates a task, and from which event none any more. */
class TaskKeyTests {
    private static final String CREATE = ManusRoutes.step("createTask");

    private final ManusSimulator manus = ManusSimulator.start();

    @AfterEach
    void stop() {
        manus.close();
    }

    @Test
    void endsAChainOfTasksThatCreateEachOther() throws Exception {
        DataSource source = Databases.POSTGRESQL.migrated();
        try (ManusRoutes node = node(source, CREATE)) {
            String task = "made-by-hand";
            for (int i = 1; i <= 3; i++) {
                task = ManusRoutes.taskId(node.send(finished(task, "e" + i), "Go on"));
            }
            assertThat(node.send(finished(task, "e4"), "Go on").getException())
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContaining(task)
                    .hasMessageContaining("a chain of 3 tasks")
                    .hasMessageContaining("manus.api.longest-chain");
            assertThat(manus.tasks()).hasSize(3);
            assertThat(node.created("e5", "Another one")).isNotNull();
        }
    }

    private static Map<String, Object> finished(String task, String eventKey) {
        return Map.of(EventVariables.EVENT_KEY, eventKey, EventVariables.TASK_ID, task);
    }

    @Test
    void createsATaskForEachPartOfASplitOnce() throws Exception {
        String split = """
                - route:
                    id: each
                    from:
                      uri: direct
                      parameters: {name: in}
                      steps:
                        - split:
                            expression: {tokenize: {token: ","}}
                            steps:
                              - to:
                                  uri: manus
                                  parameters: {operation: createTask}
                """;
        DataSource source = Databases.H2.migrated();
        try (ManusRoutes node = node(source, split)) {
            for (int attempt = 1; attempt <= 2; attempt++) {
                assertThat(node.send("e1", "a,b,a").getException()).isNull();
            }
            assertThat(manus.tasks()).extracting(SimulatedTask::prompt).containsExactlyInAnyOrder("a", "b", "a");
            assertThat(JdbcClient.create(source)
                            .sql("select task_key from created_task order by task_key")
                            .query(String.class)
                            .list())
                    .containsExactly("e1/each-0", "e1/each-1", "e1/each-2");
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void forgetsKeysThatAreOldAndNoneThatIsOpen(Databases database) throws Exception {
        DataSource source = database.migrated();
        JdbcClient jdbc = JdbcClient.create(source);
        try (ManusRoutes node = node(source, CREATE)) {
            node.created("old", "Count to ten");
            manus.cutNext(1, false);
            node.send("open", "Count to eleven");
            jdbc.sql("update created_task set claimed_at = claimed_at - interval '91' day")
                    .update();
            node.created("new", "Count to twelve");
            new CreatedTasks(jdbc).forgetOlderThan(Duration.ofDays(90));
            assertThat(jdbc.sql("select task_key from created_task order by task_key")
                            .query(String.class)
                            .list())
                    .containsExactly("new/step-createTask", "open/step-createTask");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 300, 10_000})
    void takesAKeyOfAnyLengthFromTheHeader(int length) throws Exception {
        try (ManusRoutes node = node(Databases.H2.migrated(), CREATE)) {
            String key = "k".repeat(length);
            String made = node.created("e1", "Count to ten", ManusConstants.TASK_KEY, key);
            assertThat(node.created("e2", "Count to ten", ManusConstants.TASK_KEY, key))
                    .isEqualTo(made);
            assertThat(node.created("e3", "Count to ten", ManusConstants.TASK_KEY, key + "2"))
                    .isNotEqualTo(made);
        }
    }

    private ManusRoutes node(DataSource source, String yaml) throws Exception {
        return new ManusRoutes(ManusRoutes.api(manus), source, yaml);
    }
}
