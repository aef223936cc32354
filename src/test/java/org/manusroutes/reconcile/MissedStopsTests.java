package org.manusroutes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.manus.Refusals;
import org.manusroutes.support.Databases;

/** Which stops get an event that never came, and with what in it. */
class MissedStopsTests extends ReconcileFixture {
    private static final long STOP = START + 1_000;
    private static final String MADE = "task_stopped_t_" + STOP;

    @ParameterizedTest
    @EnumSource(Databases.class)
    void makesTheEventOfAFinishThatWasNeverDelivered(Databases database) {
        open(database);
        manus.task("t", "stopped", START + 10, STOP);
        manus.told("t", START + 10);
        manus.says("t", STOP - 5, "A draft.", "draft.pdf");
        manus.says("t", STOP, "All **done**.", "report.pdf", "data.csv");
        now = STOP + 120;

        walk();
        walk();

        assertThat(keys()).containsExactly(MADE);
        assertThat(jdbc.sql("select source, event_type, task_id, stop_reason from event")
                        .query()
                        .singleRow()
                        .values())
                .containsExactly("reconcile", "task_stopped", "t", "finish");
        assertThat(detail(MADE).toString())
                .isEqualTo("{\"task_id\":\"t\",\"task_title\":\"Title of t\",\"task_url\":\"https://manus.im/app/t\","
                        + "\"message\":\"All **done**.\",\"attachments\":["
                        + "{\"file_name\":\"report.pdf\",\"url\":\"https://files.manuscdn.com/report.pdf?Signature=x\"},"
                        + "{\"file_name\":\"data.csv\",\"url\":\"https://files.manuscdn.com/data.csv?Signature=x\"}],"
                        + "\"stop_reason\":\"finish\"}");
        assertThat(manus.looks("t")).as("one read is enough").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void readsNoMessagesOfATaskWhoseEventHasCome(Databases database) {
        open(database);
        manus.task("t", "stopped", START + 10, STOP);
        manus.task("w", "waiting", START + 10, STOP);
        manus.task("n", "stopped", START + 10, null);
        came("t", "finish", STOP + 1);
        came("w", "ask", STOP - 2);
        came("n", "finish", STOP);
        now = STOP + 500;

        walk();

        assertThat(manus.calls).containsExactly("tasks null");
        assertThat(keys()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void findsTheSecondStopOfATask(Databases database) {
        open(database);
        manus.told("t", START + 10);
        manus.says("t", STOP - 500, "Done.");
        came("t", "finish", STOP - 500);
        manus.told("t", STOP - 60);
        manus.says("t", STOP, "Done.");
        manus.task("t", "stopped", START + 10, STOP);
        manus.told("q", START + 10);
        manus.waits("q", STOP - 20, "Which year?");
        came("q", "ask", STOP - 20);
        manus.says("q", STOP, "Done with the year that I chose.");
        manus.task("q", "stopped", START + 10, STOP);
        now = STOP + 200;

        walk();

        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "task_stopped_t_" + (STOP - 500),
                        MADE,
                        "task_stopped_q_" + (STOP - 20),
                        "task_stopped_q_" + STOP);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void seesThatATaskRanAlsoWhereTheApiDoesNotSayWhenItChanged(Databases database) {
        open(database);
        manus.told("t", START + 10);
        manus.says("t", START + 20, "Done.");
        came("t", "finish", START + 20);
        manus.task("t", "running", START + 10, null);
        now = START + 300;
        walk();

        manus.told("t", STOP - 60);
        manus.says("t", STOP, "Done.");
        manus.task("t", "stopped", START + 10, null);
        now = STOP + 200;
        walk();
        walk();

        assertThat(keys()).containsExactly("task_stopped_t_" + (START + 20), MADE);
        assertThat(manus.looks("t")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void asksWhatIsAsked(Databases database) {
        open(database);
        manus.told("t", START + 10);
        manus.waits("t", STOP, "Which year?");
        manus.task("t", "waiting", START + 10, STOP);
        now = STOP + 120;

        walk();

        assertThat(keys()).containsExactly(MADE);
        assertThat(detail(MADE).path("stop_reason").asText()).isEqualTo("ask");
        assertThat(detail(MADE).path("message").asText()).isEqualTo("Which year?");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void tellsOnceThatATaskFailed(Databases database) {
        open(database);
        manus.told("t", START + 10);
        manus.fails("t", STOP, "The sandbox has crashed.");
        manus.task("t", "error", START + 10, STOP + 1);
        now = STOP + 120;
        walk();
        manus.task("t", "error", START + 10, STOP + 130);
        now = STOP + 500;
        walk();

        String key = "task_failed/t/" + STOP;
        assertThat(keys()).containsExactly(key);
        assertThat(detail(key).toString())
                .isEqualTo("{\"task_id\":\"t\",\"task_title\":\"Title of t\",\"task_url\":\"https://manus.im/app/t\","
                        + "\"message\":\"The sandbox has crashed.\",\"error_type\":\"internal_error\"}");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void saysThatAPersonStoppedIt(Databases database) {
        open(database);
        manus.told("t", START + 10);
        manus.says("t", STOP - 100, "I begin.");
        manus.stoppedByAPerson("t", STOP);
        manus.task("t", "stopped", START + 10, STOP);
        now = STOP + 120;

        walk();

        assertThat(detail(MADE).path("stop_reason").asText()).isEqualTo("user_stop");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void waitsWhereTheEventMayBeOnItsWayOrTheTaskMayGoOn(Databases database) {
        open(database);
        now = STOP + 119;
        manus.task("young", "stopped", START + 10, STOP);
        manus.says("young", STOP, "Done.");
        manus.task("youngByItsMessages", "stopped", START + 10, null);
        manus.says("youngByItsMessages", STOP, "Done.");
        manus.task("busy", "stopped", START + 10, STOP - 500, true);
        manus.says("busy", STOP - 500, "Done.");
        manus.task("told", "stopped", START + 10, STOP - 500);
        manus.says("told", STOP - 500, "Done.");
        manus.told("told", STOP - 400);
        manus.task("hidden", "stopped", START + 10, STOP - 500);
        manus.says("hidden", STOP - 500, "Done.");
        manus.refusals.put("messages hidden", () -> Refusals.of(404, "not_found"));
        walk();
        assertThat(keys()).isEmpty();

        now = STOP + 121;
        manus.refusals.clear();
        manus.task("busy", "stopped", START + 10, STOP - 500, false);
        walk();

        assertThat(keys())
                .containsExactlyInAnyOrder(
                        "task_stopped_young_" + STOP,
                        "task_stopped_youngByItsMessages_" + STOP,
                        "task_stopped_busy_" + (STOP - 500),
                        "task_stopped_hidden_" + (STOP - 500));
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void leavesAloneWhatIsNoneOfItsBusiness(Databases database) {
        open(database);
        manus.task("old", "stopped", START - 100, START - 50);
        manus.says("old", START - 50, "Done before the receiver was there.");
        manus.task("oldButUpdated", "stopped", START - 100, STOP);
        manus.says("oldButUpdated", START - 50, "Done before; then somebody gave it another title.");
        manus.task("oldWithoutTime", "error", START - 100, null);
        manus.fails("oldWithoutTime", START - 50, "Too bad.");
        manus.task("agent-default-main_task", "stopped", START + 10, STOP);
        manus.says("agent-default-main_task", STOP, "Here I am.");
        manus.task("strange", "dreaming", START + 10, STOP);
        now = STOP + 500;

        walk();

        assertThat(keys()).isEmpty();
        assertThat(manus.looks("agent-default-main_task")).isZero();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void makesNothingOfWhatMayHaveBeenForgotten(Databases database) {
        open(database);
        manus.task("t", "stopped", START + 10, STOP);
        manus.says("t", STOP, "Done.");
        now = STOP + 46L * 24 * 3600; // manus.inbox.keep is 90 days

        walk();

        assertThat(keys()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void goesOnWithOthersWhenTheMessagesOfATaskCannotBeRead(Databases database) {
        open(database);
        manus.task("bad", "stopped", START + 10, STOP);
        manus.refusals.put("messages bad", () -> Refusals.of(500, "internal"));
        manus.task("t", "stopped", START + 11, STOP);
        manus.says("t", STOP, "Done.");
        now = STOP + 200;

        walk();

        assertThat(keys()).containsExactly(MADE);
        manus.refusals.clear();
        manus.says("bad", STOP, "Done, too.");
        walk();
        assertThat(keys()).containsExactly(MADE, "task_stopped_bad_" + STOP);
    }
}
