package org.manusroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.standins.SlackStandIn.Answer;
import org.manusroutes.support.BothDatabasesTest;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;

/** The commands {@code event list}, {@code show}, {@code replay} and {@code purge} beside a running server. */
class StoredEventsIT extends BothDatabasesTest {
    @ParameterizedTest
    @EnumSource
    void runsTheFailedStepsOfAParkedEventAgain(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        slack.answerNext(1, Answer.refusal("channel_not_found"));
        Map<String, Object> event = finish().build();
        String id = (String) event.get("event_id");
        application.post(text(event));
        await().until(() ->
                application.count("select count(*) from event where state = 'parked' and event_id = '" + id + "'")
                        == 1);
        Bounded.untilExactly(2, () -> mail.mails().size()); // its own, and that of the parked event

        assertThat(application.command("event", "list", "--state", "parked"))
                .contains(id, "channel_not_found", "RECEIVED");
        assertThat(application.command("event", "replay", id))
                .contains("Would run again: 1 event, the steps that are not done yet", "--yes");
        assertThat(application.command("event", "show", id))
                .as("only said")
                .contains("parked")
                .doesNotContain("replay");

        assertThat(application.command("event", "replay", id, "--yes")).startsWith("0 Run again: 1");
        awaitDone(application, event);
        assertThat(slack.posts()).extracting(post -> post.text()).anyMatch(text -> text.startsWith("Task finished"));
        assertThat(mail.mails()).as("the mail had gone out").hasSize(2);
        assertThat(application.command("event", "show", id))
                .containsSubsequence("1  ", "parked", "2  ", "replay", "failed steps", "3  ", "done")
                .contains("steps done  alert-slack, record-task, send-mail");
        assertThat(application.command("event", "show", id, "--body")).contains("0 " + text(event));
    }

    @ParameterizedTest
    @EnumSource
    void runsAllStepsOfDoneEventsAgainByTypeAndTime(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        String task = taskId();
        Map<String, Object> event = manus.event("task_stopped", task)
                .reason("finish")
                .message("Done.")
                .build();
        application.post(text(event));
        awaitDone(application, event);

        String[] selection = {
            "event", "replay", "--type", "task_stopped", "--task", task, "--since", "1h", "--steps", "all"
        };
        assertThat(application.command(selection)).contains("1 event, all steps");
        String[] doIt = java.util.Arrays.copyOf(selection, selection.length + 1);
        doIt[selection.length] = "--yes";
        assertThat(application.command(doIt)).startsWith("0 Run again: 1");
        await().untilAsserted(() -> assertThat(slack.posts()).hasSize(2));
        awaitDone(application, event);
        assertThat(mail.mails()).hasSize(2);
        assertThat(task(application, task)).containsEntry("events", 1L);
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatCannotRunBesideItself(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        Map<String, Object> event = finish().build();
        String id = (String) event.get("event_id");
        application.post(text(event));
        awaitDone(application, event);
        application.update("update event set state = 'waiting', due_at = current_timestamp + interval '1' hour"
                + " where event_id = '" + id + "'");

        assertThat(application.command("event", "replay", id, "--yes"))
                .startsWith("1 ")
                .contains(id + " is waiting: it has not ended yet, and an event never runs twice at the same time");
        assertThat(application.command("event", "replay", "no-such", "--yes"))
                .startsWith("1 ")
                .contains("no event has the key no-such: see event list");
        assertThat(application.command("event", "replay", "--yes"))
                .startsWith("2 ")
                .contains("which events?");
        assertThat(application.command("event", "list", "--since", "yesterday"))
                .startsWith("1 ")
                .contains("--since: 'yesterday' is no time");
    }

    @ParameterizedTest
    @EnumSource
    void forgetsWhatWasDoneLongAgo(Databases database) throws Exception {
        RunningApplication application = applications.get(database);
        Map<String, Object> event = finish().build();
        String id = (String) event.get("event_id");
        application.post(text(event));
        awaitDone(application, event);
        application.update(
                "update event set finished_at = current_timestamp - interval '40' day where event_id = '" + id + "'");

        assertThat(application.command("event", "purge")).contains("0 events were done more than 90 d ago");
        assertThat(application.command("event", "purge", "--older-than", "30d"))
                .contains("1 events were done more than 30 d ago. Nothing has changed");
        assertThat(application.command("event", "purge", "--older-than", "30d", "--yes"))
                .contains("forgot 1 events");
        assertThat(application.count("select count(*) from event where event_id = '" + id + "'"))
                .isZero();
        assertThat(application.count("select count(*) from camel_messageprocessed where messageid like '" + id + "/%'"))
                .isZero();
        assertThat(application.command("event", "show", id)).startsWith("1 ");
    }
}
