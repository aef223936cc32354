package org.manusroutes.manus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.manus.ManusApiProperties.Version;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SampleTask;
import org.manusroutes.standins.SimulatedTask;

class ManusTasksTests {
    private final ManusSimulator manus = ManusSimulator.start();

    @AfterEach
    void stop() {
        manus.close();
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void answersAWaitingTaskByAMessage(Version version) {
        SimulatedTask question = manus.sampleTask(SampleTask.QUESTION);
        await().until(() -> question.status().equals("waiting"));

        api(version).sendMessage(question.id(), "EUR");

        assertThat(question.answers()).containsExactly("EUR");
        await().until(() -> question.status().equals("stopped"));
    }

    @Test
    void confirmsWhatATaskWaitsForAndNothingElse() {
        SimulatedTask question = manus.sampleTask(SampleTask.QUESTION);
        await().until(() -> question.status().equals("waiting"));
        ManusApi api = api(Version.V2);

        assertThatExceptionOfType(ManusApiException.class)
                .isThrownBy(() -> api.confirmAction(question.id(), "evt_other", Map.of("accept", true)))
                .withMessageContaining("does not wait for evt_other");
        api.confirmAction(question.id(), question.waitsFor(), Map.of("accept", true));

        assertThat(question.confirmations()).containsExactly("{\"accept\":true}");
    }

    @Test
    void listsTasksNewestFirstPageByPageAndStopsOne() {
        List<String> ids = Stream.generate(
                        () -> manus.sampleTask(SampleTask.QUESTION).id())
                .limit(3)
                .toList();
        ManusApi api = api(Version.V2);

        TaskPage first = api.newestTasks(2, null);
        TaskPage last = api.newestTasks(2, first.nextCursor());

        assertThat(first.hasMore()).isTrue();
        assertThat(last.hasMore()).isFalse();
        assertThat(Stream.of(first, last).flatMap(page -> page.data().stream()))
                .extracting(Task::id)
                .containsExactlyInAnyOrderElementsOf(ids);
        api.stopTask(ids.get(0));
        assertThat(api.task(ids.get(0)).status()).isEqualTo("stopped");
    }

    private ManusApi api(Version version) {
        Map<String, Object> settings = manus.settings();
        return ManusApiClient.connect(new ManusApiProperties(
                (String) settings.get("manus.api.key"), URI.create(manus.baseUrl()), version, 3));
    }
}
