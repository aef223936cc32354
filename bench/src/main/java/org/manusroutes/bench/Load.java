package org.manusroutes.bench;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Sends events to a door over keep-alive connections and times each answer. One thread with a selector and ready-made
 * bytes, because it shares the machine with what it measures.
 *
 * <p>Without a rate, each connection sends its next request when it has its answer. With one, requests are due at fixed
 * moments, and one that finds no free connection is timed from when it was due.
 */
final class Load {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private final int port;
    private final Requests requests;
    private final int[] order;
    private final int connections;
    private double rate;
    private long endsAfter = Long.MAX_VALUE;
    private Watcher watcher = (number, at) -> {};

    private int sent;
    private int answered;
    private long started;
    private final long[] nanos;
    private int received;
    private int known;
    private final Map<String, Integer> errors = new TreeMap<>();
    private final Deque<Connection> free = new ArrayDeque<>();

    /** @param order numbers of the events to send, in this order */
    Load(int port, Requests requests, int[] order, int connections) {
        this.port = port;
        this.requests = requests;
        this.order = order;
        this.connections = connections;
        this.nanos = new long[order.length];
    }

    /** Told of each answered event and its moment, by {@link System#nanoTime}. */
    interface Watcher {
        void answered(int number, long at);
    }

    Load rate(double aSecond) {
        rate = aSecond;
        return this;
    }

    /** Sends nothing more after this time. */
    Load endsAfter(double seconds) {
        endsAfter = (long) (seconds * 1e9);
        return this;
    }

    Load watchedBy(Watcher newWatcher) {
        watcher = newWatcher;
        return this;
    }

    /** Each number from 0 to {@code count - 1} once. */
    static int[] each(int count) {
        return each(0, count);
    }

    static int[] each(int from, int to) {
        int[] order = new int[to - from];
        Arrays.setAll(order, i -> from + i);
        return order;
    }

    /**
     * Half of the requests are duplicates: each event comes twice, the second time right behind the first for one in
     * ten, else up to a thousand requests later.
     */
    static int[] withDuplicates(int count) {
        int[] order = new int[count / 2 * 2];
        int size = 0;
        int[] later = new int[500];
        for (int next = 0; next < order.length / 2; ) {
            int held = 0;
            for (int i = 0; i < later.length && next < order.length / 2; i++, next++) {
                order[size++] = next;
                if (next % 10 == 0) {
                    order[size++] = next;
                } else {
                    later[held++] = next;
                }
            }
            System.arraycopy(later, 0, order, size, held);
            size += held;
        }
        return order;
    }

    Result run() throws IOException {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                free.add(Connection.open(port, selector));
            }
            started = System.nanoTime();
            sendWhatIsDue();
            long lastAnswer = started;
            int before = 0;
            while (answered < sent || sent < order.length && System.nanoTime() - started < endsAfter) {
                selector.select(this::ready, rate == 0 ? LONGEST_SILENCE.toMillis() : 1);
                sendWhatIsDue();
                long now = System.nanoTime();
                if (answered > before) {
                    before = answered;
                    lastAnswer = now;
                } else if (answered < sent && now - lastAnswer > LONGEST_SILENCE.toNanos()) {
                    errors.put("no answer", sent - answered);
                    break;
                }
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            long[] times = Arrays.copyOf(nanos, answered);
            Arrays.sort(times);
            return new Result(answered, seconds, times, received, known, errors);
        }
    }

    private void sendWhatIsDue() {
        while (!free.isEmpty() && sent < order.length) {
            long now = System.nanoTime();
            long due = rate == 0 ? now : started + (long) (sent / rate * 1e9);
            if (due > now || now - started >= endsAfter) {
                return;
            }
            int number = order[sent++];
            free.poll().send(number, requests.get(number), due);
        }
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        Connection.Answer answer = connection.read();
        if (answer == Connection.Answer.INCOMPLETE) {
            return;
        }
        long now = System.nanoTime();
        switch (answer) {
            case RECEIVED -> received++;
            case KNOWN -> known++;
            default -> errors.merge(connection.error(), 1, Integer::sum);
        }
        nanos[answered++] = now - connection.sentAt();
        watcher.answered(connection.number(), now);
        free.add(connection);
        if (rate == 0) {
            sendWhatIsDue();
        }
    }

    /**
     * @param times nanoseconds from the first byte sent to the last received, ascending
     * @param received answers {@code 200 received}; {@code known}: {@code 200 already_processed}
     * @param errors any other answer, by what it was
     */
    record Result(int requests, double seconds, long[] times, int received, int known, Map<String, Integer> errors) {
        double aSecond() {
            return requests / seconds;
        }

        double millis(double quantile) {
            return times.length == 0
                    ? Double.NaN
                    : times[(int) Math.min(times.length - 1, Math.ceil(quantile * times.length) - 1)]
                            / (double) TimeUnit.MILLISECONDS.toNanos(1);
        }

        int errorCount() {
            return errors.values().stream().mapToInt(Integer::intValue).sum();
        }
    }
}
