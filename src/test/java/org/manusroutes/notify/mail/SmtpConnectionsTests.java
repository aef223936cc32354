package org.manusroutes.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manusroutes.support.Bounded;

class SmtpConnectionsTests {
    private final List<FakeConnection> opened = new CopyOnWriteArrayList<>();
    /** What the next mails meet; empty: they are taken. */
    private final Deque<Fault> faults = new ArrayDeque<>();

    private final SmtpConnections connections = new SmtpConnections(1, this::open);

    private enum Fault {
        /** The server has closed the connection. */
        CLOSED,
        /** It closes it when it has the mail's text. */
        CLOSED_AFTER_TEXT,
        /** It refuses an address and keeps the connection. */
        ADDRESS_REFUSED
    }

    @AfterEach
    void stop() {
        connections.close();
    }

    @Test
    void sendsMailsOverOneConnection() throws Exception {
        send(3);
        assertThat(opened).hasSize(1);
        assertThat(opened.get(0).sent).isEqualTo(3);
    }

    @Test
    void opensAnotherAfterAHundredMails() throws Exception {
        send(101);
        assertThat(opened).hasSize(2);
        assertThat(opened.get(0).closed).isTrue();
    }

    @Test
    void sendsOverANewOneWhenTheServerHadClosedAKeptOne() throws Exception {
        send(1);
        faults.add(Fault.CLOSED);
        send(1);
        assertThat(opened).hasSize(2);
        assertThat(opened.get(1).sent).isEqualTo(1);
    }

    @Test
    void doesNotSendAgainWhatTheServerMayHaveTaken() throws Exception {
        send(1);
        faults.add(Fault.CLOSED_AFTER_TEXT);
        assertThatThrownBy(() -> send(1)).isInstanceOf(MessagingException.class);
        assertThat(opened).hasSize(1);
        send(1);
        assertThat(opened).hasSize(2);
    }

    @Test
    void doesNotTryANewConnectionThatBreaksASecondTime() {
        faults.add(Fault.CLOSED);
        assertThatThrownBy(() -> send(1)).isInstanceOf(MessagingException.class);
        assertThat(opened).hasSize(1);
    }

    @Test
    void keepsAConnectionWhoseServerRefusedAnAddress() throws Exception {
        send(1);
        faults.add(Fault.ADDRESS_REFUSED);
        assertThatThrownBy(() -> send(1)).hasMessage("550 no such user");
        send(1);
        assertThat(opened).hasSize(1);
    }

    @Test
    void doesNotHoldUpOthersWhileADeadConnectionIsBeingClosed() throws Exception {
        try (SmtpConnections two = new SmtpConnections(2, this::open)) {
            send(two);
            CountDownLatch goodbye = new CountDownLatch(1);
            opened.get(0).goodbye = goodbye;
            faults.add(Fault.CLOSED_AFTER_TEXT);
            Thread unlucky =
                    new Thread(() -> assertThatThrownBy(() -> send(two)).hasMessageContaining("closed"));
            unlucky.start();
            await().until(() -> opened.get(0).closing);
            send(two);
            assertThat(opened.get(0).closed).isFalse();
            goodbye.countDown();
            Bounded.join(List.of(unlucky));
        }
    }

    private static void send(SmtpConnections connections) throws MessagingException {
        MimeMessage mail = mail();
        connections.send(mail, mail.getAllRecipients());
    }

    private void send(int count) throws MessagingException {
        for (int i = 0; i < count; i++) {
            send(connections);
        }
    }

    private static MimeMessage mail() throws MessagingException {
        MimeMessage mail = new MimeMessage((Session) null);
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress("team@example.com"));
        return mail;
    }

    private SmtpConnections.Connection open() {
        FakeConnection connection = new FakeConnection();
        opened.add(connection);
        return connection;
    }

    private final class FakeConnection extends SmtpConnections.Connection {
        private volatile boolean connected = true;
        private volatile boolean closing;
        private volatile boolean closed;
        private volatile CountDownLatch goodbye = new CountDownLatch(0);
        private int sent;

        FakeConnection() {
            super(Session.getInstance(new Properties()), false);
        }

        @Override
        public void sendMessage(Message message, Address[] addresses) throws MessagingException {
            Fault fault = faults.poll();
            if (fault == Fault.ADDRESS_REFUSED) {
                throw new MessagingException("550 no such user");
            }
            if (fault == Fault.CLOSED_AFTER_TEXT) {
                asked();
            }
            if (fault != null) {
                connected = false;
                throw new MessagingException("the connection is closed");
            }
            sent++;
        }

        @Override
        public boolean isConnected() {
            return connected;
        }

        @Override
        public void close() {
            closing = true;
            try {
                Bounded.reach(goodbye);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            closed = true;
        }
    }
}
