package org.manusroutes.torture;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a receiver has taken, message by message, by the mark that the sender put into each event. */
final class Effects {
    /** The words of alerts to the operators, also as a form has them. */
    private static final String ALERTS = "An event was parked|An event fails and is tried again"
            + "|An edit of the routes does not run|The mail server refuses a recipient";

    private static final Pattern MARK = Pattern.compile("mark\\d+end|" + ALERTS.replace(" ", "(?: |%20)"));

    private final Map<String, Queue<Taken>> taken = new ConcurrentHashMap<>();

    /**
     * A message that was taken.
     *
     * @param nanos when, by {@link System#nanoTime()}
     * @param told false when the receiver took it and then cut the connection, so that nobody could know
     */
    record Taken(long nanos, boolean told) {}

    static String mark(int number) {
        return "mark" + number + "end";
    }

    /**
     * Notes a message by the first mark in it, or the words of an alert to the operators; without either it goes under
     * {@code ""}.
     */
    void take(String message, boolean told) {
        Matcher mark = MARK.matcher(message);
        taken.computeIfAbsent(mark.find() ? mark.group() : "", first -> new ConcurrentLinkedQueue<>())
                .add(new Taken(System.nanoTime(), told));
    }

    int total() {
        return taken.values().stream().mapToInt(Queue::size).sum();
    }

    /** In the order of time; empty when nothing came. */
    List<Taken> of(String mark) {
        return List.copyOf(taken.getOrDefault(mark, new ConcurrentLinkedQueue<>()));
    }
}
