package org.manusroutes.standins;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A mail server (GreenMail) that keeps what it is given, one copy for each recipient. */
public final class MailStandIn implements StandIn {
    private static final String USER = "manus";
    private static final String PASSWORD = "stand-in-password";

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final SmtpGate.Mode mode;
    private final String tls;
    private final SmtpGate gate;

    private MailStandIn(String tls, SmtpGate.Mode mode) {
        this.tls = tls;
        this.mode = mode;
        mail.setUser("manus@example.com", USER, PASSWORD);
        mail.start();
        this.gate = gate();
    }

    /** Without TLS and login. */
    public static MailStandIn start() {
        return new MailStandIn("none", new SmtpGate.Mode(null, false, false));
    }

    /** Without TLS, with a login that is needed. */
    public static MailStandIn startWithLogin() {
        return new MailStandIn("none", new SmtpGate.Mode(null, false, true));
    }

    /** With STARTTLS and a login; the certificate is signed by nobody that is trusted. */
    public static MailStandIn startWithStartTls() {
        return new MailStandIn("starttls", new SmtpGate.Mode(certificate(), false, true));
    }

    /** With TLS from the first byte and a login; the certificate is signed by nobody that is trusted. */
    public static MailStandIn startWithTls() {
        return new MailStandIn("tls", new SmtpGate.Mode(certificate(), true, true));
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "manus.mail.host", "127.0.0.1",
                "manus.mail.port", port(),
                "manus.mail.tls", tls,
                "manus.mail.from", "Manus <manus@example.com>",
                "manus.mail.to", "team@example.com"));
        if (mode.loginNeeded()) {
            settings.put("manus.mail.username", USER);
            settings.put("manus.mail.password", PASSWORD);
        }
        return settings;
    }

    public int port() {
        return gate.port();
    }

    public List<MimeMessage> mails() {
        return List.of(mail.getReceivedMessages());
    }

    /** Recipients that are answered with 550. */
    public void refuse(String... addresses) {
        List.of(addresses).forEach(address -> answer(address, "550 5.1.1 No such user here"));
    }

    /** What a recipient is answered with from now on. */
    public void answer(String address, String reply) {
        gate.refused.put(address, reply);
    }

    /** What each mail is answered with from now on, in place of being taken. */
    public void answerMails(String reply) {
        gate.refusal = reply;
    }

    /** Connections taken since the start. */
    public int connections() {
        return gate.accepted.get();
    }

    /** Closes the connections that are open; new ones are taken. */
    public void hangUp() {
        try {
            gate.hangUp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes each mail and hangs up before the sender learns of it. */
    public void hangUpAfterTaking() {
        gate.cutAfterText = true;
    }

    /** Forgets mails, refused recipients and faults; what is under way is cut off, so that it adds nothing later. */
    public void reset() {
        try {
            gate.cutWhatIsUnderWay();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        gate.refused.clear();
        gate.refusal = null;
        gate.cutAfterText = false;
        try {
            mail.purgeEmailFromAllMailboxes();
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Connections are refused from now on. */
    public void stop() {
        try {
            gate.shut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes mail again, on the same port. */
    public void startAgain() {
        try {
            gate.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            gate.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mail.stop();
    }

    private SmtpGate gate() {
        try {
            return new SmtpGate(mail.getSmtp().getPort(), mode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** GreenMail's own. */
    private static SSLContext certificate() {
        char[] password = "changeit".toCharArray();
        try (InputStream file = GreenMail.class.getResourceAsStream("/greenmail.p12")) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(file, password);
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
