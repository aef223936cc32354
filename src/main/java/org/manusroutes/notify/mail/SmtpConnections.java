package org.manusroutes.notify.mail;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.OutputStream;
import java.time.Duration;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
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

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
    private static final int MOST_MAILS = 100;
    /** For another's mail to be sent, whose every read and write has a time-out of its own. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private final GenericObjectPool<Connection> pool;

    /** Opens a connection: connected, secured, logged in. */
    interface Opener {
        Connection open() throws MessagingException;
    }

    SmtpConnections(int most, Opener opener) {
        GenericObjectPoolConfig<Connection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(most);
        config.setMaxIdle(most);
        config.setMaxWait(LONGEST_WAIT);
        config.setFairness(true);
        config.setMinEvictableIdleDuration(LONGEST_IDLE);
        config.setTimeBetweenEvictionRuns(BETWEEN_LOOKS);
        config.setJmxEnabled(false);
        pool = new GenericObjectPool<>(new Connections(opener), config);
        pool.setSwallowedExceptionListener(e -> log.debug("The mail server did not say goodbye", e));
    }

    /** @throws MessagingException also when the server took the mail for some of the recipients alone */
    void send(MimeMessage mail, Address[] recipients) throws MessagingException {
        Connection connection = borrow();
        boolean kept = connection.mails > 0;
        try {
            send(mail, recipients, connection);
        } catch (MessagingException e) {
            if (!kept || connection.asked || connection.isConnected()) {
                throw e;
            }
            log.debug("The mail server had closed the connection; a new one is opened", e);
            pool.clear(); // what was kept beside it is as old
            send(mail, recipients, borrow());
        }
    }

    /** For whom the server took the mail all the same. */
    static Address[] taken(MessagingException e) {
        return e instanceof SMTPSendFailedException partly && partly.getValidSentAddresses() != null
                ? partly.getValidSentAddresses()
                : new Address[0];
    }

    private Connection borrow() throws MessagingException {
        try {
            return pool.borrowObject();
        } catch (MessagingException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("interrupted while it waited for a connection", e);
        } catch (Exception e) {
            throw new MessagingException("no connection to the mail server: " + e.getMessage(), e);
        }
    }

    private void send(MimeMessage mail, Address[] recipients, Connection connection) throws MessagingException {
        connection.asked = false;
        boolean sent = false;
        try {
            connection.sendMessage(mail, recipients);
            sent = true;
        } catch (MessagingException e) {
            sent = taken(e).length > 0;
            throw e;
        } finally {
            connection.mails++;
            boolean refusedAnAddress = !sent && !connection.asked && connection.isConnected();
            if ((sent || refusedAnAddress) && connection.mails < MOST_MAILS) {
                pool.returnObject(connection);
            } else {
                end(connection);
            }
        }
    }

    private void end(Connection connection) {
        try {
            pool.invalidateObject(connection);
        } catch (Exception e) {
            log.debug("The mail server did not say goodbye", e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Connections extends BasePooledObjectFactory<Connection> {
        private final Opener opener;

        Connections(Opener opener) {
            this.opener = opener;
        }

        @Override
        public Connection create() throws MessagingException {
            return opener.open();
        }

        @Override
        public PooledObject<Connection> wrap(Connection connection) {
            return new DefaultPooledObject<>(connection);
        }

        @Override
        public void destroyObject(PooledObject<Connection> connection) throws MessagingException {
            connection.getObject().close();
        }
    }

    /** A connection that knows whether the server has been asked to take a mail's text. */
    static class Connection extends SMTPTransport {
        private boolean asked;
        private int mails;

        Connection(Session session, boolean tls) {
            super(session, null, tls ? "smtps" : "smtp", tls);
        }

        @Override
        protected OutputStream data() throws MessagingException {
            asked();
            return super.data();
        }

        /** The server may have the mail from now on. */
        final void asked() {
            asked = true;
        }
    }
}
