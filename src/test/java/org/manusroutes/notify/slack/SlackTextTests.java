package org.manusroutes.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.Message;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.attachments.FileLinks;
import org.manusroutes.notify.Events;
import org.manusroutes.notify.text.NoticeReader;

class SlackTextTests {
    private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    private static final String E_ACUTE = "e\u0301";

    private final SlackText slackText = new SlackText(
            new SlackProperties("t", "", "#ai-tasks", "#ops", "", "https://slack.com/api/", 1),
            new NoticeReader("hooks.example.com", FileLinks.none()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel>",
                "<!here|here>",
                "<@U012AB3CD>",
                "<#C012AB3CD>",
                "<!subteam^S01>",
                "<https://evil.example|manus.im>"
            })
    void mentionsNobodyAndFakesNoLinkWhereverTheTextStands(String evil) {
        Map<String, Object> event =
                Events.stopped("finish", evil, evil, List.of(Map.of("file_name", evil, "size_bytes", 1)));

        Message message = message(event, Map.of("headline", evil));

        String escaped = evil.replace("<", "&lt;").replace(">", "&gt;");
        assertThat(message.getText()).isEqualTo(escaped + ": " + escaped);
        assertThat(texts(message))
                .containsExactly(
                        escaped,
                        "<https://manus.im/app/" + Events.TASK + "|" + escaped + ">",
                        // between < and > Markdown takes an address for a link, and this one for none that may be one
                        evil.startsWith("<https") ? "https://evil.example|manus.im" : escaped,
                        escaped + " (1 B)");
    }

    @Test
    void escapesWhatIsEscapedAlready() {
        assertThat(texts(message(Events.stopped("finish", "a &lt; b", "", List.of()), Map.of())))
                .anySatisfy(text -> assertThat(text).endsWith("|a &amp;lt; b>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "ftp://manus.im/x",
                "https://manus.im@evil.example/",
                "//evil.example",
                "manus.im",
                "https://",
                "https://manus.im/\n<!channel>",
                "slack://user?team=T&id=U"
            })
    void linksOnlyToTheWeb(String url) {
        assertThat(texts(message(at(url), Map.of()))).contains("Market report").noneMatch(text -> text.contains("|"));
    }

    @Test
    void encodesInALinkWhatWouldEndIt() {
        assertThat(texts(message(at("https://manus.im/a|b>c<d?x=1&y=\u00fc"), Map.of())))
                .contains("<https://manus.im/a%7Cb%3Ec%3Cd?x=1&amp;y=%C3%BC|Market report>");
    }

    @Test
    void asksWithALinkToAnswer() {
        assertThat(texts(message(Events.ask(), Map.of())))
                .containsExactly(
                        "Manus needs your answer",
                        "<https://manus.im/app/" + Events.TASK + "|Market report>",
                        "Which region do you mean?",
                        "<https://manus.im/app/" + Events.TASK + "|Answer in Manus>");
    }

    @Test
    void tellsTheOperatorsWhatWasParkedAndWhy() {
        Message message = message(Events.parked(), Map.of("eventType", "event_parked", "stopReason", ""));

        assertThat(message.getChannel()).isEqualTo("#ops");
        assertThat(texts(message))
                .containsExactly(
                        "An event was parked",
                        "Slack refused: channel_not_found.",
                        "Event: " + Events.KEY + "\nType: task_stopped\nTask: " + Events.TASK + "\nAttempts: 3\n"
                                + "To look: event show " + Events.KEY);
    }

    @Test
    void laysOutWhatItDoesNotKnow() {
        Map<String, Object> event =
                Map.of("event_id", "x", "event_type", "task_archived", "task_detail", Map.of("task_id", "t1"));

        assertThat(texts(message(event, Map.of("eventType", "task_archived", "stopReason", ""))))
                .containsExactly("Manus: task_archived", "t1");
        assertThat(texts(message(Map.of("task_detail", "not an object"), Map.of("eventType", "", "stopReason", ""))))
                .containsExactly("Manus");
    }

    @Test
    void saysHowLongATaskTookWhenItsStartIsKnown() {
        Instant started = Instant.ofEpochSecond(1763506696 - 192);

        assertThat(texts(message(Events.finish(), Map.of("taskStarted", started))))
                .contains("Duration: 3 min 12 s");
        assertThat(texts(message(Events.finish(), Map.of("taskStarted", Instant.ofEpochSecond(1763506697)))))
                .noneMatch(text -> text.contains("Duration"));
    }

    @Test
    void saysThatTheStructuredOutputFailed() {
        Map<String, Object> task = Map.of(
                "task_id", "t1",
                "task_url", "https://manus.im/app/t1",
                "stop_reason", "finish",
                "structured_output", Map.of("success", false, "value", Map.of("n", 0), "error", "no <n>"));

        assertThat(texts(message(Map.of("task_detail", task), Map.of("eventType", "task_stopped"))))
                .containsExactly(
                        "Task finished", "<https://manus.im/app/t1|t1>", "Structured output: failed. no &lt;n&gt;");
    }

    @Test
    void linksToATaskWithoutANameToo() {
        Map<String, Object> task = Map.of("task_url", "https://manus.im/app/t1", "stop_reason", "finish");

        assertThat(texts(message(Map.of("task_detail", task), Map.of("eventType", "task_stopped"))))
                .containsExactly("Task finished", "<https://manus.im/app/t1|Open in Manus>");
    }

    @Test
    void countsTheFilesItLeavesOut() {
        List<?> files = Collections.nCopies(22, Map.of("file_name", "a.txt", "size_bytes", 1500));

        assertThat(texts(message(Events.stopped("finish", "t", "", files), Map.of())))
                .anySatisfy(text -> assertThat(text)
                        .startsWith("a.txt (1.5 kB)\n")
                        .endsWith("\nand 12 more")
                        .hasLineCount(11));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "&",
                "<>",
                FAMILY,
                E_ACUTE,
                "\uD83D\uDE00",
                "|",
                "\n",
                "&amp;",
                "\u202E",
                "\u0301",
                "\uD83D",
                " \n"
            })
    void staysWithinSlacksLimitsAndWholeAtTheCut(String unit) {
        String endless = unit.repeat(20_000);
        List<?> files = Collections.nCopies(50, Map.of("file_name", endless, "size_bytes", Long.MAX_VALUE));
        Map<String, Object> event = Events.stopped("ask", endless, endless, files);

        Message message = message(event, Map.of("headline", endless));

        assertThat(message.getText()).hasSizeLessThanOrEqualTo(4000);
        assertThat(message.getBlocks()).hasSizeLessThanOrEqualTo(50);
        List<String> texts = texts(message);
        assertThat(texts.get(0)).hasSizeLessThanOrEqualTo(150);
        assertThat(texts).allSatisfy(text -> {
            assertThat(text).isNotEmpty().hasSizeLessThanOrEqualTo(3000);
            assertThat(text.replaceAll("&(amp|lt|gt);", "")).doesNotContain("&").doesNotContainPattern("\\p{Cs}");
            assertThat(text).doesNotContain("\u200D\u2026", "e\u2026");
        });
    }

    @Test
    void leavesALinkOutRatherThanBreakALimit() {
        String url = "https://manus.im/?" + "&".repeat(1900);

        assertThat(texts(message(at(url), Map.of())))
                .contains("Market report")
                .allSatisfy(text -> assertThat(text).hasSizeLessThanOrEqualTo(3000));
    }

    private static Map<String, Object> at(String url) {
        @SuppressWarnings("unchecked") // as Events makes it
        Map<String, Object> task =
                new HashMap<>((Map<String, Object>) Events.finish().get("task_detail"));
        task.put("task_url", url);
        return Map.of("event_type", "task_stopped", "task_detail", task);
    }

    private Message message(Map<String, ?> event, Map<String, ?> more) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(event);
        @SuppressWarnings("unchecked") // an event is an object
        Map<String, Object> task =
                event.get("task_detail") instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
        Events.variables(String.valueOf(task.getOrDefault("stop_reason", ""))).forEach(exchange::setVariable);
        more.forEach(exchange::setVariable);
        return slackText.message(exchange);
    }

    /** The texts of all blocks but the footer, in order, out of the JSON that Slack gets. */
    private static List<String> texts(Message message) {
        List<String> texts =
                message.getBlocks().stream().map(SlackTextTests::text).collect(Collectors.toList());
        assertThat(texts.remove(texts.size() - 1)).startsWith("Sent by Manus Webhook Routes on hooks.example.com");
        return texts;
    }

    private static String text(LayoutBlock block) {
        var json = GsonFactory.createSnakeCase().toJsonTree(block).getAsJsonObject();
        var text = json.has("elements") ? json.getAsJsonArray("elements").get(0) : json.get("text");
        return text.getAsJsonObject().get("text").getAsString();
    }
}
