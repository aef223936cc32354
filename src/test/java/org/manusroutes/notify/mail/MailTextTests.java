package org.manusroutes.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.attachments.FileLinks;
import org.manusroutes.notify.Events;
import org.manusroutes.notify.text.NoticeReader;

class MailTextTests {
    private final MailText mailText = new MailText(
            settings("Manus <manus@example.com>", "a@example.com, \"Doe, J\" <b@example.com>"),
            new NoticeReader("hooks.example.com", FileLinks.none()));

    @Test
    void writesTextForPeopleWithoutHtml() throws Exception {
        assertThat(part(message(Events.finish(), Events.variables("finish")), 0))
                .isEqualTo("""
                        Task finished

                        Market report
                        https://manus.im/app/%s

                        Done

                        The report compares 12 vendors.

                        Files:
                        - report.pdf (2.0 MB)
                        - data.csv (512 B)

                        --\s
                        Sent by Manus Webhook Routes on hooks.example.com for event %s
                        """.formatted(Events.TASK, Events.KEY));
    }

    @Test
    void escapesEverythingInTheHtml() throws Exception {
        String evil = "<script>alert('1')</script>\"&";
        Map<String, Object> event =
                Events.stopped("finish", evil, evil, List.of(Map.of("file_name", evil, "size_bytes", 1)));

        String html = part(message(event, Events.variables("finish")), 1);

        assertThat(html)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;");
    }

    @Test
    void linksToTheAnswer() throws Exception {
        assertThat(part(message(Events.ask(), Events.variables("ask")), 1))
                .containsPattern(
                        "<a href=\"https://manus.im/app/" + Events.TASK + "\" style=\"[^\"]+\">Answer in Manus</a>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nBcc: m@example.net",
                "x\nBcc: m@example.net",
                "x\u2028Bcc: m@example.net",
                "x\rBcc: m@example.net"
            })
    void keepsTheSubjectOnOneLine(String title) throws Exception {
        assertThat(message(Events.stopped("finish", title, "", List.of()), Events.variables("finish"))
                        .getSubject())
                .isEqualTo("[Manus] Task finished: x Bcc: m@example.net");
    }

    @Test
    void cutsALongSubjectBetweenCharacters() throws Exception {
        String subject = message(
                        Events.stopped("finish", "\uD83D\uDE00".repeat(500), "", List.of()), Events.variables("finish"))
                .getSubject();

        assertThat(subject).hasSizeBetween(148, 150).endsWith("\uD83D\uDE00\u2026");
    }

    @Test
    void givesARepeatTheSameIdAndAnotherEventAnother() throws Exception {
        String first = message(Events.ask(), Events.variables("a#1", "task_stopped", "ask"))
                .getMessageID();

        assertThat(message(Events.ask(), Events.variables("a#1", "task_stopped", "ask"))
                        .getMessageID())
                .isEqualTo(first)
                .matches("<event\\.a-1\\.[0-9a-f]{12}@example\\.com>");
        assertThat(message(Events.ask(), Events.variables("a-1", "task_stopped", "ask"))
                        .getMessageID())
                .isNotEqualTo(first);
    }

    @Test
    void keepsAKeyFromOutsideOutOfTheHeaders() throws Exception {
        assertThat(message(Events.ask(), Events.variables("x>\r\nBcc: m@example.net", "task_stopped", "ask"))
                        .getMessageID())
                .matches("<event\\.x---Bcc--m-example-net\\.[0-9a-f]{12}@example\\.com>");
    }

    @Test
    void sendsToEveryConfiguredRecipient() throws Exception {
        assertThat(message(Events.ask(), Events.variables("ask")).getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("a@example.com", "\"Doe, J\" <b@example.com>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not an address", "a@", "a@b@c"})
    void refusesAMisspeltAddressAtStart(String address) {
        assertThatThrownBy(() -> settings("manus@example.com", address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("manus.mail.to: '" + address + "'");
        assertThatThrownBy(() -> settings(address, "a@example.com")).hasMessageContaining("manus.mail.from");
    }

    private static MailProperties settings(String from, String to) {
        return new MailProperties("127.0.0.1", 25, "", "", MailProperties.Tls.NONE, from, to, 1);
    }

    private MimeMessage message(Map<String, ?> event, Map<String, ?> variables) throws Exception {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(event);
        variables.forEach(exchange::setVariable);
        return mailText.message(exchange);
    }

    private static String part(MimeMessage mail, int index) throws Exception {
        return ((MimeMultipart) mail.getContent())
                .getBodyPart(index)
                .getContent()
                .toString();
    }
}
