package org.manusroutes.notify.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;
import org.manusroutes.failure.Unreachable;
import org.manusroutes.text.Untrusted;
import org.springframework.boot.context.properties.bind.Binder;

/** Connects to the mail server, logs in, and names sender and recipients, as a mail would; sends none. */
public final class MailCheck implements Check {
    private final Binder settings;

    public MailCheck(Binder settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public String waitsFor() {
        return "the mail server (manus.mail.host, port, tls)";
    }

    @Override
    public List<Finding> run() {
        MailProperties properties = settings.bindOrCreate("manus.mail", MailProperties.class);
        if (!properties.enabled()) {
            return List.of(Finding.off(name(), "no mails (" + properties.missing() + " is not set)"));
        }
        String server = properties.host() + ":" + properties.port();
        try (SmtpSender sender = new SmtpSender(properties, RefusedRecipients.forgotten())) {
            try (SmtpConnections.Connection connection = sender.open()) {
                return List.of(addresses(connection, properties, server));
            } catch (AuthenticationFailedException e) {
                return List.of(Finding.fail(
                        name(),
                        server + " refuses the login: " + words(e),
                        "correct manus.mail.username and manus.mail.password"));
            } catch (MessagingException e) {
                return List.of(notConnected(e, properties, server));
            }
        }
    }

    private Finding addresses(SmtpConnections.Connection connection, MailProperties properties, String server)
            throws MessagingException {
        String from = properties.sender().getAddress();
        if (connection.simpleCommand("MAIL FROM:<" + from + ">") / 100 != 2) {
            String answer = Untrusted.line(connection.getLastServerResponse());
            return Finding.fail(
                    name(),
                    server + " refuses the sender " + from + ": " + answer,
                    answer.startsWith("530")
                            ? "it wants a login: set manus.mail.username and manus.mail.password"
                            : "use a sender that this account may send as: manus.mail.from");
        }
        List<String> refused = new ArrayList<>();
        for (InternetAddress recipient : properties.recipients()) {
            if (connection.simpleCommand("RCPT TO:<" + recipient.getAddress() + ">") / 100 != 2) {
                refused.add(recipient.getAddress() + " (" + Untrusted.line(connection.getLastServerResponse()) + ")");
            }
        }
        connection.simpleCommand("RSET");
        if (!refused.isEmpty()) {
            return Finding.fail(
                    name(),
                    server + " refuses " + String.join(", ", refused),
                    "correct the address, or take it out: manus.mail.to");
        }
        return Finding.ok(
                name(),
                server + " takes mails from " + from + " to " + properties.recipients().length + " recipient"
                        + (properties.recipients().length == 1 ? "" : "s"));
    }

    private Finding notConnected(MessagingException failure, MailProperties properties, String server) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return Finding.fail(
                        name(),
                        "the certificate of " + server + " is not trusted: " + Untrusted.line(cause.getMessage()),
                        "use the host that is in it (manus.mail.host), or give Java the CA (docs/production.md)");
            }
            if (cause instanceof SSLException) {
                return Finding.fail(
                        name(),
                        "no TLS connection to " + server + ": " + Untrusted.line(cause.getMessage()),
                        "port 587 usually has manus.mail.tls: starttls, port 465 tls");
            }
        }
        if (String.valueOf(failure.getMessage()).contains("STARTTLS is required")) {
            return Finding.fail(
                    name(),
                    server + " offers no STARTTLS",
                    "take its port with TLS (manus.mail.port, and manus.mail.tls: tls)");
        }
        return Finding.fail(
                name(),
                Unreachable.of(server, failure).map(Throwable::getMessage).orElse(server + ": " + words(failure)),
                "correct manus.mail.host and manus.mail.port (now tls: "
                        + properties.tls().name().toLowerCase(Locale.ROOT) + "), or let this machine reach it");
    }

    private static String words(MessagingException e) {
        return Untrusted.line(e.getMessage());
    }
}
