package org.manusroutes.notify.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.ConfigurationFailure;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.Unreachable;
import org.manusroutes.text.Untrusted;

/**
 * Hands a mail to the SMTP server of {@code manus.mail.*}. A recipient that is refused for good holds nobody else up:
 * the others get the mail, and the operators learn of it. What nobody can have parks, all else is tried again.
 *
 * <p>A login that is refused is tried again too: the mail is right, and the account can be fixed within the day that
 * the attempts last. Bean {@code smtpSender}, for the option {@code javaMailSender} of an {@code smtp} endpoint.
 */
class SmtpSender extends DefaultJavaMailSender implements AutoCloseable {
    private static final String CONNECT_MILLIS = "10000";
    private static final String IO_MILLIS = "30000";

    private final RefusedRecipients recipients;
    private final SmtpConnections connections;

    SmtpSender(MailProperties settings, RefusedRecipients recipients) {
        this.recipients = recipients;
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
        properties.setProperty(prefix + "sendpartial", "true");
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
        Address[] open = mail instanceof EventMail event ? event.open() : mail.getAllRecipients();
        try {
            connections.send(mail, open);
            noLongerRefused(open);
        } catch (MessagingException e) {
            Address[] taken = SmtpConnections.taken(e);
            noLongerRefused(taken);
            if (mail instanceof EventMail event) {
                event.taken(taken);
            }
            settle(e, open.length, taken.length, mail.getAllRecipients().length - open.length);
        }
    }

    private void noLongerRefused(Address[] taken) {
        for (Address recipient : taken) {
            recipients.taken(((InternetAddress) recipient).getAddress());
        }
    }

    /**
     * @param asked recipients that the server was asked about
     * @param taken those of them who have the mail now
     * @param before other recipients, who had it before
     */
    private void settle(MessagingException e, int asked, int taken, int before) throws MessagingException {
        List<SMTPAddressFailedException> refused = new ArrayList<>();
        List<SMTPAddressFailedException> putOff = new ArrayList<>();
        for (Exception next = e; next instanceof MessagingException one; next = one.getNextException()) {
            if (one instanceof SMTPAddressFailedException to) {
                (forGood(to.getReturnCode()) ? refused : putOff).add(to);
            }
        }
        boolean nobody = before == 0 && refused.size() == asked;
        if (!nobody) {
            refused.forEach(to -> recipients.refused(
                    new RefusedRecipient(to.getAddress().getAddress(), Untrusted.line(to.getMessage()))));
        }
        if (!putOff.isEmpty()) {
            throw new MailFailure(
                    "The mail server %s put off %d of the recipients: %s"
                            .formatted(server(), putOff.size(), words(putOff.get(0))),
                    e);
        }
        if (taken > 0 || (before > 0 && refused.size() == asked)) {
            return; // all who can have it have it
        }
        String refusal = refusal(e, nobody);
        if (refusal != null) {
            throw new PermanentFailure(refusal, e);
        }
        String wrong = wrongLogin(e);
        if (wrong != null) {
            Exception told = new ConfigurationFailure(wrong, e);
            throw e instanceof AuthenticationFailedException
                    ? new AuthenticationFailedException(wrong, told)
                    : new MessagingException(wrong, told);
        }
        boolean cut = e.getNextException() instanceof IOException
                || (e instanceof SMTPSendFailedException end && end.getReturnCode() == -1);
        Optional<Unreachable> unreachable = Unreachable.of(server(), e);
        if (cut && unreachable.isEmpty()) {
            throw new MailFailure("The mail server %s broke the connection: %s".formatted(server(), words(e)), e);
        }
        throw unreachable
                .<MessagingException>map(told -> new MailFailure(String.valueOf(told.getMessage()), told))
                .orElse(e);
    }

    private String server() {
        return getHost() + ":" + getPort();
    }

    /** A connection of its own: connected, secured, logged in. */
    SmtpConnections.Connection open() throws MessagingException {
        SmtpConnections.Connection connection =
                new SmtpConnections.Connection(getSession(), getProtocol().equals("smtps"));
        connection.connect(getHost(), getPort(), getUsername(), getPassword());
        return connection;
    }

    @Override
    public void close() {
        connections.close();
    }

    /** Why nobody can have the mail; null when that is not so. */
    private static @Nullable String refusal(MessagingException e, boolean nobody) {
        for (Exception next = e; next instanceof MessagingException one; next = one.getNextException()) {
            if (nobody && next instanceof SMTPAddressFailedException to) {
                return "The mail server refused the recipient %s: %s Is it spelt right? manus.mail.to"
                        .formatted(to.getAddress(), words(to));
            }
            if (next instanceof SMTPSenderFailedException from && forGood(from.getReturnCode())) {
                return "The mail server refused the sender %s: %s May this account send as it? manus.mail.from"
                        .formatted(from.getAddress(), words(from));
            }
            if (next instanceof SMTPSendFailedException mail && forGood(mail.getReturnCode())) {
                return "The mail server refused the mail: " + words(mail);
            }
        }
        return null;
    }

    /** What is wrong with the account; null when it is not the account. */
    private @Nullable String wrongLogin(MessagingException e) {
        int code = e instanceof SMTPSendFailedException one ? one.getReturnCode() : 0;
        if (e instanceof AuthenticationFailedException || (code >= 500 && code <= 599)) {
            return "The mail server %s refused the login: %s manus.mail.username, manus.mail.password, manus.mail.tls"
                    .formatted(server(), words(e));
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
