package org.manusroutes.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.notify.Events;
import org.manusroutes.notify.RouteUnderTest;
import org.manusroutes.standins.MailStandIn;

/** The route file {@code send-mail} against a mail server that takes a mail for some, for nobody, or not at all. */
class RefusedRecipientsIT {
    private static MailStandIn mail;
    private static RouteUnderTest route;

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
    }

    /** The others get the mail, once; the event is done, and who is refused is published and in health. */
    @Test
    void sendsToTheOthersWhenARecipientIsRefused() {
        try (RouteUnderTest three = RouteUnderTest.start(
                "send-mail",
                mail.settings(),
                Map.of("manus.mail.to", "a@example.com, gone@example.com, b@example.com"))) {
            mail.refuse("gone@example.com");
            for (int i = 0; i < 3; i++) {
                assertThat(send(three, "event-of-three-" + i).getException()).isNull();
            }

            assertThat(mail.mails()).hasSize(2 * 3);
            assertThat(three.ledger()).contains("event-of-three-0/send-mail");
            assertThat(three.bean(RefusedRecipients.class).reasons())
                    .isEqualTo(Map.of("gone@example.com", "550 5.1.1 No such user here"));
            mail.reset();
            mail.refuse("a@example.com");
            assertThat(send(three, "event-of-three-3").getException()).isNull();
            assertThat(three.bean(RefusedRecipients.class).reasons()).containsOnlyKeys("a@example.com");
            mail.reset();
            assertThat(send(three, "event-of-three-4").getException()).isNull();
            assertThat(three.bean(RefusedRecipients.class).reasons()).isEmpty();
        }
    }

    /** 451 for a day: the others have it meanwhile, and once. */
    @Test
    void triesAgainForThoseAloneWhoWerePutOff() throws Exception {
        try (RouteUnderTest three = RouteUnderTest.start(
                "send-mail",
                mail.settings(),
                Map.of("manus.mail.to", "a@example.com, full@example.com, gone@example.com"))) {
            mail.answer("full@example.com", "451 4.2.2 Try again later");
            mail.refuse("gone@example.com");
            for (int i = 0; i < 3; i++) {
                assertThat(send(three, "event-put-off").getException())
                        .isInstanceOf(MessagingException.class)
                        .hasMessageContaining("put off 1 of the recipients: 451 4.2.2 Try again later");
            }
            assertThat(mail.mails()).hasSize(1);
            assertThat(three.ledger())
                    .contains("event-put-off/send-mail/a@example.com")
                    .doesNotContain("event-put-off/send-mail");

            mail.reset();
            mail.refuse("gone@example.com");
            assertThat(send(three, "event-put-off").getException()).isNull();
            assertThat(mail.mails())
                    .singleElement()
                    .satisfies(sent -> assertThat(sent.getAllRecipients()).hasSize(3));
            assertThat(three.ledger()).contains("event-put-off/send-mail");
        }
    }

    /** The others were accepted, and then the mail was not: it is the mail's answer that counts. */
    @Test
    void triesAgainWhenTheMailIsPutOffThoughARecipientIsRefused() {
        try (RouteUnderTest two = RouteUnderTest.start(
                "send-mail", mail.settings(), Map.of("manus.mail.to", "gone@example.com, a@example.com"))) {
            mail.refuse("gone@example.com");
            mail.answerMails("451 4.3.0 Come back later");
            assertThat(send(two, "event-cut").getException()).isInstanceOf(MessagingException.class);
            assertThat(mail.mails()).isEmpty();

            mail.reset();
            mail.refuse("gone@example.com");
            mail.hangUpAfterTaking();
            assertThat(send(two, "event-cut").getException()).isInstanceOf(MessagingException.class);

            mail.reset();
            mail.refuse("gone@example.com");
            assertThat(send(two, "event-cut").getException()).isNull();
            assertThat(mail.mails()).hasSize(1);
            mail.answerMails("552 5.3.4 Message too big");
            assertThat(send(two, "event-too-big").getException()).isInstanceOf(PermanentFailure.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"552 5.3.4 Message too big", "554 5.7.1 Spam"})
    void parksAMailThatTheServerRefuses(String reply) {
        mail.answerMails(reply);

        assertThat(send(route, "event").getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessage("The mail server refused the mail: " + reply + ".");
    }

    @Test
    void parksWhenTheOnlyMailboxIsFull() {
        mail.answer("team@example.com", "552 5.2.2 Mailbox full");

        assertThat(send(route, "event").getException())
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("552 5.2.2 Mailbox full");
    }

    @Test
    void writesNamesAndDomainsInOtherScriptsAsServersWantThem() throws Exception {
        try (RouteUnderTest german = RouteUnderTest.start(
                "send-mail",
                mail.settings(),
                Map.of(
                        "manus.mail.from",
                        "J\u00fcrgen M\u00fcller <manus@b\u00fccher.example>",
                        "manus.mail.to",
                        "\"M\u00fcller, J\u00fcrgen\" <team@example.com>"))) {
            assertThat(send(german, "event-with-umlauts").getException()).isNull();

            MimeMessage sent = mail.mails().get(0);
            assertThat(sent.getHeader("From", null)).isASCII().contains("<manus@xn--bcher-kva.example>");
            assertThat(sent.getHeader("To", null)).isASCII();
            assertThat(((InternetAddress) sent.getFrom()[0]).getPersonal()).isEqualTo("J\u00fcrgen M\u00fcller");
            assertThat(((InternetAddress) sent.getAllRecipients()[0]).getPersonal())
                    .isEqualTo("M\u00fcller, J\u00fcrgen");
        }
    }

    private static Exchange send(RouteUnderTest route, String key) {
        return route.send(Events.ask(), Map.of("eventKey", key, "eventType", "task_stopped", "stopReason", "ask"));
    }
}
