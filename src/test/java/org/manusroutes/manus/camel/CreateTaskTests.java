package org.manusroutes.manus.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Postponed;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.manus.ManusApiProperties.Version;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.support.Databases;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code manus:createTask}: one task under a key, whatever happens between the call and its row. */
class CreateTaskTests {
    private static final String CREATE = ManusRoutes.step("createTask");

    private final ManusSimulator manus = ManusSimulator.start();

    @AfterEach
    void stop() {
        manus.close();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void createsOneTaskUnderAKeyThoughTwoNodesTryAtTheSameMoment(Databases database) throws Exception {
        DataSource source = database.migrated();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (ManusRoutes one = node(source, CREATE);
                ManusRoutes other = node(source, CREATE)) {
            CyclicBarrier together = new CyclicBarrier(8);
            List<Callable<Exchange>> tries = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ManusRoutes node = i % 2 == 0 ? one : other;
                tries.add(() -> {
                    together.await();
                    return node.send("e1", "Count to ten");
                });
            }
            for (Future<Exchange> end : threads.invokeAll(tries)) {
                Exception failure = end.get().getException();
                assertThat(failure == null || failure instanceof Postponed)
                        .as(String.valueOf(failure))
                        .isTrue();
            }
            assertThat(one.created("e1", "Count to ten")).isEqualTo(onlyTask());
            assertThat(other.created("e1", "Count to ten")).isEqualTo(onlyTask());
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void findsTheTaskWhoseAnswerWasLost(Databases database) throws Exception {
        DataSource source = database.migrated();
        try (ManusRoutes node = node(source, CREATE);
                ManusRoutes other = node(source, CREATE)) {
            manus.cutNext(1, true);
            Exchange lost = node.send("e1", "Count to ten");
            assertThat(lost.getException())
                    .isInstanceOf(RetryLater.class)
                    .hasMessageContaining("whether the task was created is not known");
            assertThat(node.send("e1", "Count to ten").getException()).isInstanceOf(Postponed.class);
            letTheLeaseEnd(source);

            Exchange found = other.send("e1", "Count to ten, as it is another day");

            assertThat(ManusRoutes.taskId(found)).isEqualTo(onlyTask());
            assertThat(found.getMessage().getHeader(ManusConstants.TASK_EXISTED))
                    .isEqualTo(true);
            assertThat(found.getMessage().getHeader(ManusConstants.TASK_URL))
                    .isEqualTo(manus.tasks().get(0).url());
        }
    }

    @Test
    void createsTheTaskThatWasNotHeardOf() throws Exception {
        DataSource source = Databases.H2.migrated();
        try (ManusRoutes node = node(source, CREATE)) {
            manus.cutNext(1, false);
            assertThat(node.send("e1", "Count to ten").getException()).isInstanceOf(RetryLater.class);
            assertThat(manus.tasks()).isEmpty();
            letTheLeaseEnd(source);
            assertThat(node.created("e1", "Count to ten")).isEqualTo(onlyTask());
        }
    }

    @Test
    void findsTheTaskOfANodeThatDied() throws Exception {
        DataSource source = Databases.H2.migrated();
        try (ManusRoutes node = node(source, CREATE)) {
            String made = node.created("e1", "Count to ten");
            JdbcClient.create(source)
                    .sql("update created_task set state = 'creating', task_id = null, leased_until = claimed_at")
                    .update(); // what it leaves behind when it dies before the answer is written
            assertThat(node.created("e1", "Count to ten")).isEqualTo(made);
            assertThat(manus.tasks()).hasSize(1);
        }
    }

    @Test
    void takesNoTaskOfAnotherKeyAndNoneWithOtherWordsForTheLostOne() throws Exception {
        DataSource source = Databases.H2.migrated();
        try (ManusRoutes node = node(source, CREATE)) {
            String other = node.created("e1", "Count to ten");
            String words = node.created("e2", "Count to eleven");
            manus.cutNext(2, false);
            assertThat(node.send("e3", "Count to ten").getException()).isInstanceOf(RetryLater.class);
            letTheLeaseEnd(source);
            assertThat(node.send("e3", "Count to ten").getException()).isInstanceOf(RetryLater.class);
            letTheLeaseEnd(source);
            assertThat(node.created("e3", "Count to ten")).isNotIn(other, words);
            assertThat(manus.tasks()).hasSize(3);
        }
    }

    @Test
    void looksAgainWhenTheMessagesOfATaskAreNotThereYet() throws Exception {
        DataSource source = Databases.H2.migrated();
        try (ManusRoutes node = node(source, CREATE)) {
            manus.cutNext(1, true);
            node.send("e1", "Count to ten");
            letTheLeaseEnd(source);
            manus.hideMessages(1);
            assertThat(node.send("e1", "Count to ten").getException()).isInstanceOf(RetryLater.class);
            assertThat(node.created("e1", "Count to ten")).isEqualTo(onlyTask());
        }
    }

    @Test
    void leavesNothingBehindWhenTheApiRefuses() throws Exception {
        DataSource source = Databases.H2.migrated();
        try (ManusRoutes node = node(source, CREATE)) {
            manus.limitNext(1);
            assertThat(node.send("e1", "Count to ten").getException()).isInstanceOf(RetryLater.class);
            assertThat(node.created("e1", "Count to ten")).isEqualTo(onlyTask());
            assertThat(manus.calls()).doesNotContain("GET /v2/task.list");
        }
    }

    @Test
    void knowsTheTaskThoughTheTransactionOfItsRouteIsRolledBack() throws Exception {
        DataSource source = Databases.POSTGRESQL.migrated();
        try (ManusRoutes node = node(source, CREATE)) {
            String made = new TransactionTemplate(new JdbcTransactionManager(source)).execute(status -> {
                status.setRollbackOnly();
                return node.created("e1", "Count to ten");
            });
            assertThat(node.created("e1", "Count to ten")).isEqualTo(made).isEqualTo(onlyTask());
        }
    }

    @Test
    void parksWhatV1CannotBeAskedAboutAndCreatesItWhenItIsReplayed() throws Exception {
        DataSource source = Databases.H2.migrated();
        try (ManusRoutes node = new ManusRoutes(ManusRoutes.api(manus, Version.V1), source, CREATE)) {
            manus.cutNext(1, false);
            assertThat(node.send("e1", "Count to ten").getException()).isInstanceOf(RetryLater.class);
            letTheLeaseEnd(source);
            assertThat(node.send("e1", "Count to ten").getException())
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContaining("a replay creates it again");
            assertThat(node.created("e1", "Count to ten")).isEqualTo(onlyTask());
        }
    }

    private ManusRoutes node(DataSource source, String yaml) throws Exception {
        return new ManusRoutes(ManusRoutes.api(manus), source, yaml);
    }

    private String onlyTask() {
        assertThat(manus.tasks()).hasSize(1);
        return manus.tasks().get(0).id();
    }

    private static void letTheLeaseEnd(DataSource source) {
        JdbcClient.create(source)
                .sql("update created_task set leased_until = claimed_at where state = 'creating'")
                .update();
    }
}
