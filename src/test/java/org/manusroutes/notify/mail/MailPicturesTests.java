package org.manusroutes.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.manusroutes.attachments.SomeFileLinks;
import org.manusroutes.event.InternalEvents;
import org.manusroutes.notify.Events;
import org.manusroutes.notify.text.AskedQuestion;
import org.manusroutes.notify.text.NoticeReader;

/** Writes the mails of {@code docs/pictures} to {@code target/pictures}, to be looked at in a browser. */
class MailPicturesTests {
    private static final String REPORT = """
            ## Done

            I compared **12 vendors** of label printers. *Acme* is the cheapest that delivers within a week;
            all sources are in [the research notes](https://manus.im/share/8r8sOOH5).

            | Vendor | Model | Price | Delivery |
            |---|---|---:|---|
            | **Acme** | LP-2 Wireless | 1,204.50 EUR | 2 days |
            | Bolt & Sons | Print 300 | 1,310.00 EUR | 1 week |
            | Contoso | X1 | 1,499.90 EUR | in stock |

            What is left to you:

            1. Choose the model
            2. Send the order by `POST /orders`:
               - with the customer number
               - and the ~~old~~ new address

            ```json
            {"vendor": "Acme", "model": "LP-2", "quantity": 4}
            ```

            > Prices are without VAT, as of this morning.
            """;

    @Test
    void writesThreeMails() throws Exception {
        Map<String, Object> finish = Events.stopped(
                "finish",
                "Compare label printers",
                REPORT,
                List.of(
                        Map.of("file_name", "comparison.xlsx", "size_bytes", 48_230),
                        Map.of("file_name", "Research notes and all sources.pdf", "size_bytes", 2_048_576)));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("vendor", "Acme");
        values.put("price", 1204.5);
        values.put("in_stock", true);
        output(finish, Map.of("success", true, "value", values));
        Map<String, Object> ask = Events.stopped("ask", "Convert the price list", """
                The file has two columns that may be the price:

                - **Net** (column D)
                - **Gross** (column F), with 19 % VAT

                Which one do you want me to convert?""", List.of());
        Map<String, Object> failed = Map.of(
                "event_id",
                "task_failed/" + Events.TASK + "/1763506696",
                "event_type",
                InternalEvents.TASK_FAILED,
                "task_detail",
                Map.of(
                        "task_id",
                        Events.TASK,
                        "task_title",
                        "Invoice 2024-117 as JSON",
                        "task_url",
                        "https://manus.im/app/" + Events.TASK,
                        "message",
                        "The browser of the task could not be started. **No result was made.**",
                        "error_type",
                        "sandbox_error"));
        for (var mail : Map.of("finish", finish, "ask", ask, "failed", failed).entrySet()) {
            String html = write(mail.getKey(), mail.getValue(), mail.getKey());
            assertThat(html).contains("color-scheme").doesNotContain(" src=", "url(", "<img", "**");
        }
    }

    @SuppressWarnings("unchecked") // as Events makes it
    private static void output(Map<String, Object> event, Map<String, ?> output) {
        ((Map<String, Object>) event.get("task_detail")).put("structured_output", output);
    }

    private static String write(String name, Map<String, Object> event, String reason) throws IOException {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(event);
        boolean failed = reason.equals("failed");
        String type = failed ? InternalEvents.TASK_FAILED : "task_stopped";
        Events.variables(String.valueOf(event.get("event_id")), type, reason).forEach(exchange::setVariable);
        exchange.setVariable("headline", failed ? "Task failed" : null);
        if (reason.equals("ask")) {
            String page =
                    "https://hooks.example.com/answer/AAAAAAAAAAIAAAAAawz3kTXYiRisCDCIUCYkJ7I43Ckdbr2LCGgqh683FJX3RY01";
            List<String> options = List.of("Net", "Gross");
            exchange.setVariable(
                    AskedQuestion.VARIABLE, new AskedQuestion(2, options, false, false, false, false, true, page));
        }
        var notice = new NoticeReader(
                        "hooks.example.com",
                        SomeFileLinks.of("https://files.example.com", Events.KEY, List.of("01.xlsx", "02.pdf")))
                .read(exchange);
        Path folder = Files.createDirectories(Path.of("target/pictures"));
        Files.writeString(folder.resolve(name + ".txt"), MailBody.text(notice));
        String html = MailBody.html(notice);
        Files.writeString(folder.resolve(name + ".html"), html);
        return html;
    }
}
