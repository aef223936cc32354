package org.manusroutes.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.util.json.GsonFactory;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.manusroutes.attachments.SomeFileLinks;
import org.manusroutes.notify.Events;
import org.manusroutes.notify.markdown.MarkdownStrings;
import org.manusroutes.notify.text.NoticeReader;

/** What an alert says beyond its words: Markdown, links of files, structured output, footer; held against Block Kit. */
class RichSlackTextTests {
    private static final DefaultCamelContext camel = new DefaultCamelContext();

    private final SlackText slackText = new SlackText(
            new SlackProperties("t", "", "#ai-tasks", "#ops", "", "https://slack.com/api/", 1),
            new NoticeReader(
                    "hooks.example.com",
                    SomeFileLinks.of(
                            "https://files.example.com",
                            Events.KEY,
                            List.of("manus/t/e/01-report.pdf", "\u4E2D".repeat(400)))));

    @Test
    void saysWhoSendsItForWhichEvent() {
        List<String> texts = texts(Events.ask(), Map.of());

        assertThat(texts.get(texts.size() - 1))
                .isEqualTo("Sent by Manus Webhook Routes on hooks.example.com for event " + Events.KEY);
    }

    @Test
    void rendersTheMarkdownOfTheAgentAndNotThatOfOthers() {
        assertThat(texts(Events.finish(), Map.of())).contains("*Done*\n\nThe report compares *12* vendors.");
        Map<String, Object> parked = Map.of("parked", Map.of("reason", "no bean **#x** in `y`"));
        assertThat(texts(parked, Map.of("eventType", "event_parked", "stopReason", "")))
                .contains("no bean \u2217\u2217#x\u2217\u2217 in \u02CBy\u02CB");
    }

    @Test
    void linksToTheFilesThatAreCopied() {
        List<Map<String, ?>> files = List.of(
                Map.of("file_name", "*report* <1>.pdf", "size_bytes", 1),
                Map.of("file_name", "its address would be too long"),
                Map.of("file_name", "not copied.csv", "size_bytes", 2048));

        assertThat(texts(Events.stopped("finish", "t", "", files), Map.of())).contains("""
                        <https://files.example.com/manus/t/e/01-report.pdf|\u2217report\u2217 &lt;1&gt;.pdf> (1 B)
                        its address would be too long
                        not copied.csv (2.0 kB)""");
    }

    @Test
    void listsAStructuredOutputThatIsFlat() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("a_number", 1204.5);
        value.put("b", "<!here> *x*");
        value.put("c", true);
        value.put("d", null);
        Map<Object, Object> eleven = IntStream.range(0, 11).boxed().collect(Collectors.toMap(i -> "" + i, i -> i));

        assertThat(output(value))
                .contains("*a_number:* 1204.5\n*b:* &lt;!here&gt; \u2217x\u2217\n*c:* true\n*d:* \u2013");
        assertThat(output(Map.of("a", Map.of("b", 1)))).hasSize(3);
        assertThat(output(Map.of("a", List.of()))).hasSize(3);
        assertThat(output(Map.of())).hasSize(3);
        assertThat(output(eleven)).hasSize(3);
        assertThat(output(IntStream.range(0, 10)
                        .boxed()
                        .collect(Collectors.toMap(i -> i + "&".repeat(500), i -> "<".repeat(5000)))))
                .hasSize(4);
    }

    @Test
    void staysWithinBlockKitWhateverIsWritten() {
        MarkdownStrings.some(1000).forEach(text -> {
            Map<String, Object> event =
                    Events.stopped("ask", text, text.repeat(20), Collections.nCopies(20, Map.of("file_name", text)));
            assertThat(texts(event, Map.of("headline", text))).isNotEmpty();
        });
    }

    private List<String> output(Map<?, ?> value) {
        Map<String, Object> task = Map.of(
                "task_id", "t1", "stop_reason", "finish", "structured_output", Map.of("success", true, "value", value));
        return texts(Map.of("task_detail", task), Map.of("eventType", "task_stopped"));
    }

    /** The texts of all blocks, each within its limit. */
    private List<String> texts(Map<String, ?> event, Map<String, ?> more) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(event);
        Map<String, Object> variables = new HashMap<>(Events.variables("finish"));
        variables.putAll(more);
        variables.forEach(exchange::setVariable);
        var message = GsonFactory.createSnakeCase()
                .toJsonTree(slackText.message(exchange))
                .getAsJsonObject();
        assertThat(message.get("text").getAsString()).hasSizeBetween(1, 4000);
        assertThat(message.getAsJsonArray("blocks").size()).isBetween(1, 50);
        return StreamSupport.stream(message.getAsJsonArray("blocks").spliterator(), false)
                .map(one -> {
                    var block = one.getAsJsonObject();
                    String type = block.get("type").getAsString();
                    var object = block.has("elements")
                            ? block.getAsJsonArray("elements").get(0)
                            : block.get("text");
                    String text = object.getAsJsonObject().get("text").getAsString();
                    assertThat(text).hasSizeBetween(1, type.equals("header") ? 150 : 3000);
                    assertThat(text).doesNotContain("<!", "<@", "<#");
                    assertThat(type).isIn("header", "section", "context");
                    return text;
                })
                .toList();
    }
}
