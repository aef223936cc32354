package org.manusroutes.notify.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.manusroutes.attachments.FileLinks;
import org.manusroutes.event.EventVariables;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.notify.markdown.Markdown;
import org.manusroutes.text.Untrusted;
import org.manusroutes.text.WebLink;

/**
 * Picks out of an event what people want to know; a field that is missing or of another type is left out.
 *
 * <p>Fields: docs/manus-api.md, Events. The variable {@code headline}, when a route has set it, takes precedence over
 * the words here; {@code taskStarted} (an Instant), when a step has set it, gives a finish its duration.
 */
public final class NoticeReader {
    private static final int FILES = 10;
    private static final int NAME_LIMIT = 200;
    /** The moment of emission at the end of an event_id, in Unix seconds. */
    private static final Pattern SECONDS = Pattern.compile("_(\\d{10})$");

    private static final String SENDER = "Manus Webhook Routes";

    private final String place;
    private final FileLinks links;

    /** @param place where the receiver runs, as people know it; may be empty */
    public NoticeReader(String place, FileLinks links) {
        this.place = place;
        this.links = links;
    }

    public Notice read(Exchange exchange) {
        Map<?, ?> event = map(exchange.getMessage().getBody());
        String type = type(exchange);
        Map<?, ?> task = map(event.get("task_detail"));
        String reason = variable(exchange, EventVariables.STOP_REASON, task.get("stop_reason"));
        switch (type) {
            case InternalEvents.EVENT_PARKED -> {
                return aboutAnEvent(exchange, "An event was parked", map(event.get("parked")));
            }
            case InternalEvents.EVENT_FAILING -> {
                return aboutAnEvent(exchange, "An event fails and is tried again", map(event.get("failing")));
            }
            case InternalEvents.ROUTES_REFUSED -> {
                return refused(exchange, map(event.get("refused")));
            }
            case InternalEvents.RECIPIENT_REFUSED -> {
                return recipient(exchange, map(event.get("recipient")));
            }
            case InternalEvents.QUESTION_ANSWERED -> {
                return AnsweredQuestion.notice(
                        headline(exchange, ""), title(task), task, map(event.get("question")), footer(exchange));
            }
            case InternalEvents.WEBHOOK_UNREGISTERED -> {
                return unregistered(exchange, map(event.get("registration")));
            }
            default -> {
                // about a task
            }
        }
        boolean asks =
                (type.equals("task_stopped") && reason.equals("ask")) || type.equals(InternalEvents.QUESTION_OPEN);
        String link = WebLink.of(task.get("task_url"));
        String message = Untrusted.lines(task.get("message"));
        return new Notice(
                headline(exchange, words(type, reason)),
                title(task),
                link,
                asks && link != null ? "Answer in Manus" : "",
                Markdown.of(
                        message.isEmpty()
                                ? Untrusted.lines(
                                        map(event.get("progress_detail")).get("message"))
                                : message),
                files(exchange, task.get("attachments")),
                FlatOutput.of(map(task.get("structured_output"))),
                facts(exchange, event.get("event_id"), task),
                asks ? question(exchange) : null,
                footer(exchange));
    }

    private static @Nullable AskedQuestion question(Exchange exchange) {
        return exchange.getVariable(AskedQuestion.VARIABLE) instanceof AskedQuestion asked ? asked : null;
    }

    /** The event's type as the inbox knows it, else as the event says. */
    static String type(Exchange exchange) {
        return variable(
                exchange,
                EventVariables.EVENT_TYPE,
                map(exchange.getMessage().getBody()).get("event_type"));
    }

    /** Whether it is about the receiver and not about a task. */
    public static boolean isForOperators(Exchange exchange) {
        return InternalEvents.TYPES.contains(type(exchange));
    }

    private Notice refused(Exchange exchange, Map<?, ?> refused) {
        List<Notice.Fact> facts = new ArrayList<>();
        fact(facts, "Folder", refused.get("folder"));
        fact(facts, "Running version", refused.get("running"));
        fact(facts, "To do", "fix the files; 'routes check' checks them, 'routes rollback' restores a version");
        return forOperators(exchange, "An edit of the routes does not run", refused.get("problems"), facts);
    }

    private Notice aboutAnEvent(Exchange exchange, String headline, Map<?, ?> event) {
        List<Notice.Fact> facts = new ArrayList<>();
        fact(facts, "Event", event.get("event_key"));
        fact(facts, "Type", event.get("event_type"));
        fact(facts, "Task", event.get("task_id"));
        fact(facts, "Attempts", event.get("attempt"));
        fact(facts, "To look", "event show " + Untrusted.line(event.get("event_key")));
        return forOperators(exchange, headline, event.get("reason"), facts);
    }

    private Notice recipient(Exchange exchange, Map<?, ?> recipient) {
        List<Notice.Fact> facts = new ArrayList<>();
        fact(facts, "Recipient", recipient.get("address"));
        fact(facts, "To do", "correct or remove it: manus.mail.to. The other recipients get their mails");
        return forOperators(exchange, "The mail server refuses a recipient", recipient.get("reason"), facts);
    }

    private Notice unregistered(Exchange exchange, Map<?, ?> registration) {
        List<Notice.Fact> facts = new ArrayList<>();
        fact(facts, "URL", registration.get("url"));
        fact(facts, "To do", "'webhook register' registers it; manus.api.keep-registered lets the receiver do so");
        return forOperators(exchange, "Manus does not deliver to this receiver", registration.get("reason"), facts);
    }

    private Notice forOperators(Exchange exchange, String headline, @Nullable Object message, List<Notice.Fact> facts) {
        return new Notice(
                headline(exchange, headline),
                "",
                null,
                "",
                Markdown.literal(Untrusted.lines(message)),
                List.of(),
                List.of(),
                facts,
                null,
                footer(exchange));
    }

    private String footer(Exchange exchange) {
        String key = variable(exchange, EventVariables.EVENT_KEY, null);
        return "Sent by " + SENDER + (place.isEmpty() ? "" : " on " + place)
                + (key.isEmpty() ? "" : " for event " + Untrusted.cut(key, NAME_LIMIT));
    }

    private static String words(String type, String reason) {
        if (type.equals(InternalEvents.QUESTION_OPEN)) {
            return "Manus still waits for your answer";
        }
        if (type.equals("task_stopped")) {
            return switch (reason) {
                case "finish" -> "Task finished";
                case "ask" -> "Manus needs your answer";
                default -> "Task stopped" + (reason.isEmpty() ? "" : ": " + reason);
            };
        }
        if (type.equals(InternalEvents.TASK_FAILED)) {
            return "Task failed";
        }
        return "Manus" + (type.isEmpty() ? "" : ": " + type);
    }

    private static String title(Map<?, ?> task) {
        String title = Untrusted.line(task.get("task_title"));
        return title.isEmpty() ? Untrusted.line(task.get("task_id")) : title;
    }

    private List<Notice.File> files(Exchange exchange, @Nullable Object attachments) {
        List<Notice.File> files = new ArrayList<>();
        if (!(attachments instanceof List<?> all)) {
            return files;
        }
        String key = variable(exchange, EventVariables.EVENT_KEY, null);
        for (Object one : all.subList(0, Math.min(FILES, all.size()))) {
            String name = Untrusted.cut(Untrusted.line(map(one).get("file_name")), NAME_LIMIT);
            String size = map(one).get("size_bytes") instanceof Number bytes && bytes.longValue() >= 0
                    ? Amounts.size(bytes.longValue())
                    : "";
            String link = WebLink.of(links.of(key, files.size() + 1));
            files.add(new Notice.File(name.isEmpty() ? "(no name)" : name, size, link));
        }
        if (all.size() > FILES) {
            files.add(new Notice.File("and " + (all.size() - FILES) + " more", "", null));
        }
        return files;
    }

    private static List<Notice.Fact> facts(Exchange exchange, @Nullable Object eventId, Map<?, ?> task) {
        List<Notice.Fact> facts = new ArrayList<>();
        fact(facts, "Error", task.get("error_type"));
        fact(facts, "Duration", duration(exchange, eventId));
        Map<?, ?> structuredOutput = map(task.get("structured_output"));
        if (Boolean.FALSE.equals(structuredOutput.get("success"))) {
            fact(facts, "Structured output", "failed. " + Untrusted.line(structuredOutput.get("error")));
        }
        return facts;
    }

    private static @Nullable String duration(Exchange exchange, @Nullable Object eventId) {
        Matcher seconds = SECONDS.matcher(Untrusted.line(eventId));
        if (exchange.getVariable("taskStarted") instanceof Instant started && seconds.find()) {
            Duration took = Duration.between(started, Instant.ofEpochSecond(Long.parseLong(seconds.group(1))));
            return took.isNegative() ? null : Amounts.duration(took);
        }
        return null;
    }

    static void fact(List<Notice.Fact> facts, String name, @Nullable Object value) {
        String line = Untrusted.line(value);
        if (!line.isEmpty()) {
            facts.add(new Notice.Fact(name, line));
        }
    }

    private static String headline(Exchange exchange, String otherwise) {
        return variable(exchange, "headline", otherwise);
    }

    private static String variable(Exchange exchange, String name, @Nullable Object otherwise) {
        String set = Untrusted.line(exchange.getVariable(name));
        return set.isEmpty() ? Untrusted.line(otherwise) : set;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }
}
