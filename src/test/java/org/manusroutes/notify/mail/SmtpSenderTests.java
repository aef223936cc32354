package org.manusroutes.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.support.Bounded;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SmtpSenderTests {
    @Test
    void sendsWithStartTlsAndALogin() throws Exception {
        try (MailStandIn mail = MailStandIn.startWithStartTls()) {
            trusting(sender(mail.settings()), "mail.smtp.").send(hello());

            assertThat(mail.mails()).hasSize(1);
        }
    }

    @Test
    void sendsWithTlsFromTheFirstByte() throws Exception {
        try (MailStandIn mail = MailStandIn.startWithTls()) {
            trusting(sender(mail.settings()), "mail.smtps.").send(hello());

            assertThat(mail.mails()).hasSize(1);
        }
    }

    @Test
    void sendsNothingToAServerWhoseCertificateIsNotTrusted() {
        try (MailStandIn starttls = MailStandIn.startWithStartTls();
                MailStandIn tls = MailStandIn.startWithTls()) {
            assertThatThrownBy(() -> sender(starttls.settings()).send(hello())).isInstanceOf(MessagingException.class);
            assertThatThrownBy(() -> sender(tls.settings()).send(hello())).isInstanceOf(MessagingException.class);

            assertThat(starttls.mails()).isEmpty();
            assertThat(tls.mails()).isEmpty();
        }
    }

    @Test
    void sendsNothingInTheClearWhenTheServerHasNoStartTls() {
        try (MailStandIn mail = MailStandIn.start()) {
            Map<String, Object> settings = mail.settings();
            settings.put("manus.mail.tls", "starttls");

            assertThatThrownBy(() -> sender(settings).send(hello()))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("STARTTLS");
            assertThat(mail.mails()).isEmpty();
        }
    }

    @Test
    void keepsTheConnectionForTheNextMail() throws Exception {
        try (MailStandIn mail = MailStandIn.startWithLogin();
                SmtpSender sender = sender(mail.settings())) {
            for (int i = 0; i < 3; i++) {
                sender.send(hello());
            }

            assertThat(mail.mails()).hasSize(3);
            assertThat(mail.connections()).isEqualTo(1);
        }
    }

    @Test
    void keepsTheConnectionWhenAnAddressIsRefused() throws Exception {
        try (MailStandIn mail = MailStandIn.start();
                SmtpSender sender = sender(mail.settings())) {
            mail.refuse("team@example.com");
            assertThatThrownBy(() -> sender.send(hello())).isInstanceOf(PermanentFailure.class);
            mail.reset();
            sender.send(hello());

            assertThat(mail.mails()).hasSize(1);
            assertThat(mail.connections()).isEqualTo(1);
        }
    }

    @Test
    void opensAnotherConnectionWhenTheServerHasClosedTheKeptOne() throws Exception {
        try (MailStandIn mail = MailStandIn.start();
                SmtpSender sender = sender(mail.settings())) {
            sender.send(hello());
            mail.hangUp();
            sender.send(hello());

            assertThat(mail.mails()).hasSize(2);
            assertThat(mail.connections()).isEqualTo(2);
        }
    }

    @Test
    void doesNotSendAgainWhatTheServerMayHaveTaken() throws Exception {
        try (MailStandIn mail = MailStandIn.start();
                SmtpSender sender = sender(mail.settings())) {
            sender.send(hello());
            mail.hangUpAfterTaking();
            assertThatThrownBy(() -> sender.send(hello())).isInstanceOf(MessagingException.class);

            assertThat(mail.mails()).hasSize(2);
        }
    }

    @Test
    void waitsForAConnectionWhenAllAreInUse() throws Exception {
        try (MailStandIn mail = MailStandIn.start()) {
            Map<String, Object> settings = mail.settings();
            settings.put("manus.mail.max-connections", 2);
            try (SmtpSender sender = sender(settings)) {
                List<Callable<Boolean>> sends = Collections.nCopies(40, () -> {
                    sender.send(hello());
                    return true;
                });
                assertThat(Bounded.callAll(8, sends)).hasSize(40);
            }

            assertThat(mail.mails()).hasSize(40);
            assertThat(mail.connections()).isLessThanOrEqualTo(2);
        }
    }

    private static SmtpSender trusting(SmtpSender sender, String prefix) {
        sender.getJavaMailProperties().setProperty(prefix + "ssl.trust", "127.0.0.1");
        sender.getJavaMailProperties().setProperty(prefix + "ssl.checkserveridentity", "false");
        return sender;
    }

    private static SmtpSender sender(Map<String, Object> settings) {
        return new SmtpSender(
                new Binder(new MapConfigurationPropertySource(settings))
                        .bind("manus.mail", MailProperties.class)
                        .get(),
                new RefusedRecipients(told -> {}));
    }

    private static MimeMessage hello() throws MessagingException {
        MimeMessage mail = new MimeMessage((Session) null);
        mail.setFrom(new InternetAddress("manus@example.com"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress("team@example.com"));
        mail.setText("hello");
        return mail;
    }
}
