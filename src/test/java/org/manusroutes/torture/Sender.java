package org.manusroutes.torture;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.manusroutes.standins.ManusSimulator;

/**
 * Sends the events of made-up tasks, several tasks at a time, each event until it is answered with 200; some twice, at
 * once or later, with other bytes or fresher URLs. Remembers what was answered.
 */
final class Sender {
    static final String PUBLIC_URL = "https://hooks.example.org/webhooks/manus";
    private static final int THREADS = 6;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Map<String, List<SentEvent>> accepted = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<URI> doors;
    private final ManusSimulator signer;
    private final FileHost files;
    private final Tally tally;
    private final long pauseMillis;

    /** @param eventsPerSecond at most */
    Sender(List<URI> doors, ManusSimulator signer, FileHost files, Tally tally, double eventsPerSecond) {
        this.doors = doors;
        this.signer = signer;
        this.files = files;
        this.tally = tally;
        this.pauseMillis = Math.round(1000 * THREADS / eventsPerSecond);
    }

    void start(long seed) {
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(seed * 31 + i);
            String prefix = "task" + (char) ('A' + i);
            Thread thread = new Thread(() -> send(random, prefix), "torture-sender-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** Sends what has been begun to its 200, and nothing new. */
    void stop() throws InterruptedException {
        stopping.countDown();
        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(2));
            if (thread.isAlive()) {
                throw new IllegalStateException("an event was not answered with 200 within two minutes of peace");
            }
        }
    }

    /** By task, in the order in which they were answered with 200. */
    Map<String, List<SentEvent>> accepted() {
        return accepted;
    }

    private void send(Random random, String prefix) {
        try {
            for (int n = 0; stopping.getCount() > 0; n++) {
                String taskId = prefix + n;
                for (SentEvent event : TaskScript.of(random, numbers::incrementAndGet, taskId)) {
                    if (stopping.getCount() > 0) {
                        deliver(event, random);
                        accepted.computeIfAbsent(taskId, first -> new ArrayList<>())
                                .add(event);
                        stopping.await(pauseMillis / 2 + random.nextInt((int) pauseMillis + 1), TimeUnit.MILLISECONDS);
                    }
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(SentEvent event, Random random) throws InterruptedException {
        tally.add("sent events");
        byte[] body = event.body(files, 0, false);
        int kind = random.nextInt(12);
        if (kind == 0) {
            tally.add("sent twice at the same moment");
            CompletableFuture<HttpResponse<String>> other = http.sendAsync(
                    request(doors.get(random.nextInt(doors.size())), body).build(), BodyHandlers.ofString());
            untilAccepted(body, random);
            other.handle((answer, failure) -> answer == null ? "none" : word(answer)) // the request has a time-out
                    .thenAccept(this::count)
                    .join();
        } else {
            untilAccepted(body, random);
        }
        if (event.needsFreshUrl()) {
            tally.add("sent again with fresh URLs");
            untilAccepted(event.body(files, 1 + random.nextInt(1000), false), random);
        }
        if (kind == 1 || kind == 2) {
            tally.add("sent again with " + (kind == 1 ? "the same bytes" : "other white space"));
            untilAccepted(event.body(files, event.needsFreshUrl() ? 2000 : 0, kind == 2), random);
        }
    }

    private void untilAccepted(byte[] body, Random random) throws InterruptedException {
        for (int door = random.nextInt(doors.size()); ; door = (door + 1) % doors.size()) {
            String answer = answer(doors.get(door), body);
            count(answer);
            if (answer.startsWith("200")) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100L + random.nextInt(300)));
        }
    }

    private void count(String answer) {
        tally.add("answer " + answer);
    }

    /** The status, with the word for it when it is 200; or what came instead. */
    private String answer(URI door, byte[] body) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request(door, body).build(), BodyHandlers.ofString());
            return word(answer);
        } catch (ConnectException refused) {
            return "refused";
        } catch (HttpTimeoutException silent) {
            return "none in time";
        } catch (IOException broken) {
            return "broken off";
        }
    }

    private static String word(HttpResponse<String> answer) {
        return answer.statusCode() == 200
                ? "200 " + answer.body().replaceAll(".*\"status\":\"(\\w+)\".*", "$1")
                : String.valueOf(answer.statusCode());
    }

    private HttpRequest.Builder request(URI door, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(door)
                .timeout(Duration.ofSeconds(6))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body));
        signer.signature(PUBLIC_URL, body, Instant.now()).forEach(request::header);
        return request;
    }
}
