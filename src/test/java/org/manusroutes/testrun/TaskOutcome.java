package org.manusroutes.testrun;

import java.util.ArrayList;
import java.util.List;

/**
 * What became of a sample task.
 *
 * @param events each with its state and, when it is not done, the reason
 * @param row the task row's status; empty without a row
 * @param output the structured output in the row; empty without one
 * @param alerts what Slack was posted, with its channel
 * @param mails the subjects of the mails that were sent
 */
record TaskOutcome(
        String id,
        String title,
        List<Event> events,
        String row,
        String output,
        List<File> files,
        List<String> alerts,
        List<String> mails) {
    private static final int EVENTS_OF_A_TASK = 4;

    /** @param error empty when nothing failed */
    record Event(String eventId, String state, String error) {
        boolean isDone() {
            return state.equals("done");
        }
    }

    record File(String name, long bytes, String location) {}

    boolean isComplete() {
        return events.size() == EVENTS_OF_A_TASK && events.stream().allMatch(Event::isDone);
    }

    String eventsInWords() {
        long done = events.stream().filter(Event::isDone).count();
        return isComplete() ? EVENTS_OF_A_TASK + " done" : done + " of " + EVENTS_OF_A_TASK + " done";
    }

    /** One line an event that is not done. */
    List<String> missing() {
        List<String> lines = new ArrayList<>();
        if (events.size() < EVENTS_OF_A_TASK) {
            lines.add(title + ": " + (EVENTS_OF_A_TASK - events.size()) + " events have not been stored");
        }
        events.stream()
                .filter(event -> !event.isDone())
                .forEach(event -> lines.add(event.eventId() + " is " + event.state()
                        + (event.error().isEmpty() ? "" : ": " + event.error())));
        return lines;
    }
}
