package org.manusroutes.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.notify.Events;
import org.manusroutes.notify.RouteUnderTest;
import org.manusroutes.standins.MailStandIn;

/** The route file {@code send-mail} against a mail server on a real socket. */
class SendMailIT {
    private static MailStandIn mail;
    private static RouteUnderTest route;
    private static int event;

    private String key;

    @BeforeAll
    static void start() {
        mail = MailStandIn.startWithLogin();
        route = RouteUnderTest.start("send-mail", mail.settings());
    }

    @AfterAll
    static void stop() {
        route.close();
        mail.close();
    }

    @BeforeEach
    void reset() {
        mail.reset();
        key = "event-" + ++event;
    }

    @Test
    void sendsTextAndHtmlAndWritesTheLedger() throws Exception {
        Map<String, Object> finish =
                Events.stopped("finish", "Bericht f\u00fcr M\u00fcller \uD83D\uDCC8", "Done & dusted", null);
        Exchange exchange = send(finish);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody())
                .as("the next step sees the event")
                .isEqualTo(finish);
        MimeMessage sent = mail.mails().get(0);
        assertThat(sent.getSubject()).isEqualTo("[Manus] Task finished: Bericht f\u00fcr M\u00fcller \uD83D\uDCC8");
        assertThat(sent.getHeader("Subject", null)).isASCII();
        assertThat(sent.getFrom()[0]).hasToString("Manus <manus@example.com>");
        assertThat(sent.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        MimeMultipart parts = (MimeMultipart) sent.getContent();
        assertThat(parts.getContentType()).startsWith("multipart/alternative");
        assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("Done & dusted");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
        assertThat(parts.getBodyPart(1).getContent().toString()).contains("Done &amp; dusted");
        assertThat(route.ledger()).contains(key + "/send-mail");
    }

    @Test
    void threadsByTaskAndNamesTheMailAfterTheEvent() throws Exception {
        send(Events.ask());

        MimeMessage sent = mail.mails().get(0);
        assertThat(sent.getMessageID()).matches("<event\\." + key + "\\.[0-9a-f]{12}@example\\.com>");
        assertThat(sent.getHeader("References", null))
                .matches("<task\\." + Events.TASK + "\\.[0-9a-f]{12}@example\\.com>")
                .isEqualTo(sent.getHeader("In-Reply-To", null));
    }

    @Test
    void sendsOnceForAnEventThatComesTwice() {
        send(Events.ask());

        assertThat(send(Events.ask()).getException()).isNull();
        assertThat(mail.mails()).hasSize(1);
    }

    @Test
    void takesRecipientsFromTheConfigurationAlone() throws Exception {
        Map<String, Object> headers = Map.of(
                "To", "mallory@example.net",
                "Cc", "mallory@example.net",
                "Bcc", "mallory@example.net",
                "From", "mallory@example.net",
                "Subject", "Pay at once",
                "mail.smtp.host", "mallory.example.net");
        Exchange exchange = route.send(Events.ask(), Events.variables(key, "task_stopped", "ask"), headers);

        assertThat(exchange.getException()).isNull();
        MimeMessage sent = mail.mails().get(0);
        assertThat(sent.getRecipients(Message.RecipientType.TO))
                .extracting(Object::toString)
                .containsExactly("team@example.com");
        assertThat(sent.getAllRecipients()).hasSize(1);
        assertThat(sent.getSubject()).isEqualTo("[Manus] Manus needs your answer: Market report");
        assertThat(mail.mails()).hasSize(1);
    }

    @Test
    void addsNoHeaderFromATitleWithLineEnds() throws Exception {
        send(Events.stopped("finish", "Report\r\nBcc: mallory@example.net\r\n\r\n<script>", "", null));

        MimeMessage sent = mail.mails().get(0);
        assertThat(sent.getHeader("Bcc")).isNull();
        assertThat(sent.getSubject()).isEqualTo("[Manus] Task finished: Report Bcc: mallory@example.net <script>");
    }

    @Test
    void parksWhenTheServerRefusesTheRecipient() {
        mail.refuse("team@example.com");
        Exchange exchange = send(Events.ask());

        assertThat(exchange.getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("refused the recipient team@example.com: 550 5.1.1 No such user here")
                .hasMessageContaining("manus.mail.to");
        assertThat(route.ledger()).doesNotContain(key + "/send-mail");
    }

    @Test
    void triesAgainWhenTheServerIsDown() {
        mail.stop();
        assertThat(send(Events.ask()).getException()).isInstanceOf(MessagingException.class);
        assertThat(route.ledger()).doesNotContain(key + "/send-mail");

        mail.startAgain();
        assertThat(send(Events.ask()).getException()).isNull();
        assertThat(mail.mails()).hasSize(1);
    }

    @Test
    void triesAgainWhenTheLoginIsRefused() {
        try (RouteUnderTest stranger =
                RouteUnderTest.start("send-mail", mail.settings(), Map.of("manus.mail.password", "not-the-one"))) {
            Exchange exchange = stranger.send(Events.ask(), Events.variables("ask"));

            assertThat(exchange.getException()).isInstanceOf(AuthenticationFailedException.class);
            assertThat(exchange.getException().toString()).doesNotContain("not-the-one");
            assertThat(stranger.ledger()).isEmpty();
        }
        assertThat(mail.mails()).isEmpty();
    }

    @Test
    void triesAgainWhenALoginIsNeededAndNoneIsSet() {
        try (RouteUnderTest stranger = RouteUnderTest.start(
                "send-mail", mail.settings(), Map.of("manus.mail.username", "", "manus.mail.password", ""))) {
            assertThat(stranger.send(Events.ask(), Events.variables("ask")).getException())
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("Authentication required");
        }
    }

    @Test
    void doesNothingWithoutSettings() {
        try (RouteUnderTest off = RouteUnderTest.start("send-mail", Map.of())) {
            assertThat(off.send(Events.ask(), Events.variables("ask")).getException())
                    .isNull();
            assertThat(off.ledger()).isEmpty();
        }
        assertThat(mail.mails()).isEmpty();
    }

    private Exchange send(Map<String, Object> event) {
        return route.send(event, Events.variables(key, "task_stopped", "finish"));
    }
}
