package org.manusroutes.bundle.check;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.EngineContract;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteFile;
import org.manusroutes.bundle.dryrun.DryRun;
import org.manusroutes.bundle.dryrun.DryRun.Trace;
import org.manusroutes.bundle.dryrun.SampleEvent;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Runs one event of each kind through a bundle, dry: what no file alone shows is found when something runs. */
final class SampleRun {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SAMPLES = "/sample-events.json";

    /** Camel ends many a message with the whole event and an id of the moment. */
    private static final Pattern NOISE = Pattern.compile(" on (bean: \\{|the exchange: ).*", Pattern.DOTALL);

    private SampleRun() {}

    static void run(DryRun dryRun, Consumer<Problem> problems) throws IOException, InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor(new CustomizableThreadFactory("smoke-test-"));
        try {
            for (Map<String, Object> event : samples()) {
                Trace trace = trace(dryRun, event, thread);
                if (trace.failure() != null) {
                    String route = Objects.requireNonNullElse(trace.failedIn(), EngineContract.ENTRY);
                    problems.accept(Problem.error(
                            new Place(route + RouteFile.SUFFIX, 1, 1),
                            "a sample event (" + event.get("event_type") + ") fails in it: "
                                    + NOISE.matcher(trace.failure()).replaceFirst("")));
                }
                if (thread.isShutdown()) {
                    return;
                }
            }
        } finally {
            thread.shutdownNow();
        }
    }

    /** An event that does not end is not to hold up the check, nor to go on after it: its thread is shut down. */
    private static Trace trace(DryRun dryRun, Map<String, Object> event, ExecutorService thread)
            throws InterruptedException {
        Future<Trace> run = thread.submit(() -> dryRun.run(SampleEvent.of(event)));
        try {
            return run.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            thread.shutdownNow();
            String what = "it has not ended after " + PATIENCE.toSeconds() + " s; does a step wait for something?";
            return new Trace(List.of(), List.of(), what, whereItWas(run));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The route in which an interrupted event ended; null when it still runs. */
    private static @Nullable String whereItWas(Future<Trace> run) throws InterruptedException {
        try {
            return run.get(1, TimeUnit.SECONDS).failedIn();
        } catch (TimeoutException | ExecutionException e) {
            return null;
        }
    }

    private static List<Map<String, Object>> samples() throws IOException {
        try (InputStream text = SampleRun.class.getResourceAsStream(SAMPLES)) {
            return new JsonMapper().readValue(text, new TypeReference<>() {});
        }
    }
}
