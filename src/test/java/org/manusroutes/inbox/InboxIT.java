package org.manusroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.support.BothDatabasesTest;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;

/** What counts as the same event; on both databases. */
class InboxIT extends BothDatabasesTest {
    @ParameterizedTest
    @EnumSource
    void storesOneOfSixtyFourSimultaneousDeliveriesAndRunsEachStepOnce(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        Map<String, Object> event = finish().build();
        int deliveries = 64;
        CyclicBarrier together = new CyclicBarrier(deliveries);
        Callable<String> delivery = () -> {
            together.await(1, TimeUnit.MINUTES);
            return application.post(text(event)).body();
        };
        List<String> bodies = Bounded.callAll(deliveries, Collections.nCopies(deliveries, delivery));

        String id = (String) event.get("event_id");
        assertThat(Collections.frequency(bodies, "{\"status\":\"received\",\"event_id\":\"" + id + "\"}"))
                .isEqualTo(1);
        assertThat(Collections.frequency(bodies, "{\"status\":\"already_processed\",\"event_id\":\"" + id + "\"}"))
                .isEqualTo(63);
        awaitDone(application, event);
        assertThat(application.rows("select event_key, attempt from event where event_id = '" + id + "'"))
                .hasSize(1);
        assertThat(slack.posts()).hasSize(1);
        assertThat(mail.mails()).hasSize(1);
        assertThat(application.rows("select messageid from camel_messageprocessed where messageid like '" + id + "/%'"))
                .as("record-task, alert-slack, send-mail; there is no bucket")
                .hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void runsAnEventWithAByteOrderMarkAndKnowsItAgainWhenItIsFormattedOtherwise(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        Map<String, Object> event = finish().build();
        assertThat(application.post('\uFEFF' + text(event)).body()).contains("received");
        awaitDone(application, event);
        assertThat(application.post(text(event).replace(":{", " :\n{")).body()).contains("already_processed");
    }

    @ParameterizedTest
    @EnumSource
    void takesAnotherMeaningUnderAKnownIdAsAnEventOfItsOwn(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        String task = taskId();
        Map<String, Object> ask = manus.event("task_stopped", task)
                .withoutSeconds()
                .reason("ask")
                .message("Which year?")
                .build();
        Map<String, Object> finish = manus.event("task_stopped", task)
                .withoutSeconds()
                .reason("finish")
                .message("Done.")
                .build();
        assertThat(application.post(text(ask)).body()).contains("received");
        awaitDone(application, ask);
        assertThat(application.post(text(finish)).body()).contains("received");
        assertThat(application.post(text(finish)).body()).contains("already_processed");
        assertThat(application.post(text(ask)).body()).contains("already_processed");
        awaitDone(application, finish);

        String id = (String) ask.get("event_id");
        assertThat(application.rows("select event_key, state from event where event_id = '" + id + "' order by id"))
                .satisfiesExactly(
                        first -> assertThat(first).containsEntry("event_key", id),
                        second -> assertThat((String) second.get("event_key")).matches(id + "#[0-9a-f]{12}"));
        assertThat(task(application, task)).containsEntry("status", "finished").containsEntry("message", "Done.");
        assertThat(slack.posts()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void knowsAnEventWhoseBytesButNotItsMeaningChanged(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        Map<String, Object> event =
                finish().attachment("report.pdf", new byte[] {1, 2, 3}).build();
        application.post(text(event));
        awaitDone(application, event);
        Map<String, Object> resigned = manus.resigned(event);
        assertThat(text(resigned)).isNotEqualTo(text(event));
        String pretty = json.writerWithDefaultPrettyPrinter().writeValueAsString(new TreeMap<>(event));

        assertThat(application.post(text(resigned)).body()).contains("already_processed");
        assertThat(application.post(pretty).body()).contains("already_processed");
        assertThat(application.count("select count(*) from event where event_id = '" + event.get("event_id") + "'"))
                .isEqualTo(1);
        assertThat(slack.posts()).hasSize(1);
    }
}
