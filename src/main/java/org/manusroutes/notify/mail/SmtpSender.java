package org.manusroutes.notify.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.text.Untrusted;

/**
 * Hands a mail to the SMTP server of {@code manus.mail.*}; an address refused for good parks, all else is tried again.
 *
 * <p>A login that is refused is tried again too: the mail is right, and the account can be fixed within the day that
 * the attempts last. Bean {@code smtpSender}, for the option {@code javaMailSender} of an {@code smtp} endpoint.
 */
class SmtpSender extends DefaultJavaMailSender implements AutoCloseable {
    private static final String CONNECT_MILLIS = "10000";
    private static final String IO_MILLIS = "30000";

    private final SmtpConnections connections;

    SmtpSender(MailProperties settings) {
        connections = new SmtpConnections(settings.maxConnections(), this::open);
        String protocol = settings.tls() == MailProperties.Tls.TLS ? "smtps" : "smtp";
        setProtocol(protocol);
        setHost(settings.host());
        setPort(settings.port());
        boolean login = !settings.username().isBlank();
        if (login) {
            setUsername(settings.username());
            setPassword(settings.password());
        }
        String starttls = String.valueOf(settings.tls() == MailProperties.Tls.STARTTLS);
        Properties properties = getJavaMailProperties();
        String prefix = "mail." + protocol + ".";
        properties.setProperty(prefix + "auth", String.valueOf(login));
        properties.setProperty(prefix + "connectiontimeout", CONNECT_MILLIS);
        properties.setProperty(prefix + "timeout", IO_MILLIS);
        properties.setProperty(prefix + "writetimeout", IO_MILLIS);
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        properties.setProperty(prefix + "starttls.enable", starttls);
        properties.setProperty(prefix + "starttls.required", starttls);
    }

    @Override
    public void send(MimeMessage mail) throws MessagingException {
        if (mail.getSentDate() == null) {
            mail.setSentDate(Date.from(Instant.now()));
        }
        String id = mail.getMessageID();
        mail.saveChanges(); // would give it an id of its own
        if (id != null) {
            mail.setHeader("Message-ID", id);
        }
        try {
            connections.send(mail);
        } catch (MessagingException e) {
            String refusal = refusal(e);
            if (refusal != null) {
                throw new PermanentFailure(refusal, e);
            }
            throw e;
        }
    }

    private SmtpConnections.Connection open() throws MessagingException {
        SmtpConnections.Connection connection =
                new SmtpConnections.Connection(getSession(), getProtocol().equals("smtps"));
        connection.connect(getHost(), getPort(), getUsername(), getPassword());
        return connection;
    }

    @Override
    public void close() {
        connections.close();
    }

    /** Nothing has been sent to anybody when one address is refused: the server is asked about all of them first. */
    private static @Nullable String refusal(MessagingException e) {
        for (Exception next = e; next instanceof MessagingException one; next = one.getNextException()) {
            if (next instanceof SMTPAddressFailedException to && forGood(to.getReturnCode())) {
                return "The mail server refused the recipient %s: %s Is it spelt right? manus.mail.to"
                        .formatted(to.getAddress(), words(to));
            }
            if (next instanceof SMTPSenderFailedException from && forGood(from.getReturnCode())) {
                return "The mail server refused the sender %s: %s May this account send as it? manus.mail.from"
                        .formatted(from.getAddress(), words(from));
            }
        }
        return null;
    }

    /** 5xx (RFC 5321, 4.2.1), but those that ask for a login or for TLS (RFC 4954, RFC 3207). */
    private static boolean forGood(int code) {
        return code >= 500 && code <= 599 && code != 530 && code != 534 && code != 535 && code != 538;
    }

    private static String words(MessagingException e) {
        return Untrusted.line(e.getMessage()) + ".";
    }
}
