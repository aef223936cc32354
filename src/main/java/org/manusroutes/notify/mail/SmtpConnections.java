package org.manusroutes.notify.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connections to the SMTP server: a new one for each mail costs more than the mail.
 *
 * <p>A mail is sent twice only when the first connection had been kept and broke before the server was asked to take
 * the mail's text, as it does when the server closes what has been idle, or has seen enough mails.
 */
final class SmtpConnections implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SmtpConnections.class);

    /** Servers close what is idle for minutes (RFC 5321, 4.5.3.2: five); and some after a hundred mails. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(30);

    private static final int MOST_MAILS = 100;

    private final Opener opener;
    private final Semaphore free;
    private final Deque<Connection> kept = new ArrayDeque<>();

    /** Opens a connection: connected, secured, logged in. */
    interface Opener {
        Connection open() throws MessagingException;
    }

    SmtpConnections(int most, Opener opener) {
        this.free = new Semaphore(most, true);
        this.opener = opener;
    }

    void send(MimeMessage mail) throws MessagingException {
        free.acquireUninterruptibly();
        try {
            Connection connection = takeKept();
            if (connection != null) {
                try {
                    send(mail, connection);
                    return;
                } catch (MessagingException e) {
                    if (connection.asked || connection.isConnected()) {
                        throw e;
                    }
                    log.debug("The mail server had closed the connection; a new one is opened", e);
                }
            }
            send(mail, opener.open());
        } finally {
            free.release();
        }
    }

    private void send(MimeMessage mail, Connection connection) throws MessagingException {
        boolean sent = false;
        try {
            connection.asked = false;
            connection.sendMessage(mail, mail.getAllRecipients());
            sent = true;
        } finally {
            connection.mails++;
            connection.usedAt = System.nanoTime();
            if (sent && connection.mails < MOST_MAILS) {
                keep(connection);
            } else if (sent || connection.asked) {
                close(connection);
            } else if (connection.isConnected()) {
                keep(connection); // the server refused an address, not us
            }
        }
    }

    private synchronized void keep(Connection connection) {
        kept.push(connection);
    }

    private synchronized @Nullable Connection takeKept() {
        closeIdle();
        return kept.poll();
    }

    /** Closes what has not been used for half a minute. */
    synchronized void closeIdle() {
        for (Iterator<Connection> all = kept.iterator(); all.hasNext(); ) {
            Connection connection = all.next();
            if (System.nanoTime() - connection.usedAt > LONGEST_IDLE.toNanos()) {
                all.remove();
                close(connection);
            }
        }
    }

    @Override
    public synchronized void close() {
        kept.forEach(SmtpConnections::close);
        kept.clear();
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (MessagingException e) {
            log.debug("The mail server did not say goodbye", e);
        }
    }

    /** A connection that knows whether the server has been asked to take a mail's text. */
    static final class Connection extends SMTPTransport {
        private boolean asked;
        private int mails;
        private long usedAt = System.nanoTime();

        Connection(Session session, boolean tls) {
            super(session, null, tls ? "smtps" : "smtp", tls);
        }

        @Override
        protected OutputStream data() throws MessagingException {
            asked = true;
            return super.data();
        }
    }
}
