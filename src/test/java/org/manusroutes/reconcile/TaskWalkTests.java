package org.manusroutes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.Refusals;
import org.manusroutes.reconcile.Progress.Walk;
import org.manusroutes.support.Databases;

/** How far the walk goes, and where it goes on. */
class TaskWalkTests extends ReconcileFixture {
    private void finished(int count) {
        for (int i = 0; i < count; i++) {
            long at = START + 1_000L * (i + 1);
            manus.task("t" + i, "stopped", at - 100, at);
            came("t" + i, "finish", at);
        }
        manus.pageSize = 2;
        now = START + 1_000L * count + 10;
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void goesAllTheWayFirstAndThenAsFarAsSomethingMayHaveChanged(Databases database) {
        open(database);
        finished(8);
        walk();
        assertThat(manus.calls).containsExactly("tasks null", "tasks 2", "tasks 4", "tasks 6");

        manus.calls.clear();
        now += 300;
        walk();
        assertThat(manus.calls).as("eleven minutes back").containsExactly("tasks null", "tasks 2");

        manus.calls.clear();
        now += 3600;
        walk();
        assertThat(manus.calls).as("all the way each hour").hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void goesBackToTheOldestTaskThatRuns(Databases database) {
        open(database);
        finished(8);
        manus.task("t2", "running", START + 2_900, START + 2_900);
        walk();

        manus.calls.clear();
        manus.told("t2", START + 3_500);
        manus.says("t2", now, "Done at last.");
        manus.task("t2", "stopped", START + 2_900, now);
        long stop = now;
        now += 300;
        walk();

        assertThat(keys()).contains("task_stopped_t2_" + stop);
        assertThat(manus.calls).contains("tasks 4");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void endsWhereNothingHasHappenedSinceTheFirstStart(Databases database) {
        open(database);
        manus.pageSize = 2;
        now = START + 500;
        for (int i = 0; i < 6; i++) {
            manus.task("old" + i, "stopped", START - 1_000 + i, START - 900 + i);
        }
        manus.task("new", "running", START + 10, START + 10);

        walk();

        assertThat(manus.calls).containsExactly("tasks null", "tasks 2");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void goesOnAtThePageWhereAnotherNodeEnded(Databases database) {
        open(database);
        finished(8);
        Walk first = walks.start(progress.read(now).walk(), START, now);
        walks.page(manus, first, START, () -> now, () -> {});
        manus.calls.clear();

        walk();

        assertThat(manus.calls).containsExactly("tasks 2", "tasks 4", "tasks 6");
        assertThat(progress.read(now).walk().walkedFarAt()).isEqualTo(now);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void beginsAgainWhenItsCursorIsNotKnownAnyMore(Databases database) {
        open(database);
        finished(4);
        Walk first = walks.start(progress.read(now).walk(), START, now);
        walks.page(manus, first, START, () -> now, () -> {});
        manus.calls.clear();
        manus.refusals.put("tasks 2", () -> {
            manus.refusals.clear();
            return Refusals.of(400, "invalid_argument");
        });

        walk();

        assertThat(manus.calls).containsExactly("tasks 2", "tasks null", "tasks 2");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void beginsAgainAfterALongTime(Databases database) {
        open(database);
        finished(4);
        Walk first = walks.start(progress.read(now).walk(), START, now);
        walks.page(manus, first, START, () -> now, () -> {});
        manus.calls.clear();
        now += 3601;

        walk();

        assertThat(manus.calls).containsExactly("tasks null", "tasks 2");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void repeatsThePageWhenTheCallsOfAMinuteAreUsedUp(Databases database) {
        open(database);
        finished(0);
        for (String task : new String[] {"a", "b", "c"}) {
            manus.task(task, "stopped", START + 10, START + 20);
            manus.says(task, START + 20, "Done.");
        }
        manus.pageSize = 100;
        now = START + 500;
        manus.refusals.put("messages a", () -> Refusals.of(429, "rate_limited"));
        assertThatExceptionOfType(ManusApiException.class).isThrownBy(this::walk);

        manus.refusals.clear();
        walk();

        assertThat(keys()).hasSize(3);
        assertThat(manus.looks("c")).as("what was judged is remembered").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void leavesThePageWhenNothingCanBeReadAndComesBack(Databases database) {
        open(database);
        manus.task("old", "running", START + 1, START + 1);
        for (int i = 0; i < 20; i++) {
            manus.task("t" + i, "stopped", START + 10 + i, START + 20);
            manus.says("t" + i, START + 20, "Done.");
            manus.refusals.put("messages t" + i, () -> Refusals.of(503, "unavailable"));
        }
        now = START + 500;
        walk();
        assertThat(manus.calls).as("the list, and three tasks").hasSize(4);

        manus.refusals.clear();
        now += 300;
        walk();
        assertThat(keys()).hasSize(20);
    }
}
