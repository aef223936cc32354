package org.manusroutes.torture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.manusroutes.standins.StandIn;

/** A mail server that remembers every mail it took, and puts off or hangs up as told; one recipient it refuses. */
final class SmtpSink implements StandIn {
    /** What happens to a mail. */
    enum Fault {
        /** 451 to MAIL FROM. */
        SENDER_PUT_OFF,
        /** 450 to RCPT TO. */
        RECIPIENT_PUT_OFF,
        /** 451 after the whole mail. */
        MAIL_PUT_OFF,
        /** Hangs up after the whole mail, which is not taken. */
        RESET,
        /** The mail is taken, and then it hangs up. */
        RESET_AFTER_TAKING
    }

    final Effects effects = new Effects();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ServerSocket door;
    private final Tally tally;

    SmtpSink(Tally tally) {
        this.tally = tally;
        try {
            door = new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Wire.thread(this::accept);
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "manus.mail.host", "127.0.0.1",
                "manus.mail.port", door.getLocalPort(),
                "manus.mail.tls", "none",
                "manus.mail.from", "manus@example.com",
                "manus.mail.to", "gone@example.com, team@example.com");
    }

    void next(int count, Fault fault) {
        for (int i = 0; i < count; i++) {
            faults.add(fault);
        }
    }

    void heal() {
        faults.clear();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                open.add(client);
                Wire.thread(() -> serve(client));
            } catch (IOException closed) {
                return; // the test is over
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            new Session(client).run();
        } catch (IOException gone) {
            // the sender died, which happens here
            return;
        } finally {
            open.remove(client);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Session {
        private final Socket client;
        private final BufferedReader in;
        private Fault fault;

        Session(Socket client) throws IOException {
            this.client = client;
            client.setTcpNoDelay(true);
            this.in = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
        }

        void run() throws IOException {
            say("220 torture ESMTP");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.toUpperCase(Locale.ROOT);
                if (command.startsWith("MAIL FROM")) {
                    fault = faults.poll();
                    if (fault != null) {
                        tally.add("SMTP " + fault);
                    }
                    say(fault == Fault.SENDER_PUT_OFF ? "451 4.3.2 Come back later" : "250 OK");
                } else if (command.startsWith("RCPT TO") && command.contains("GONE@")) {
                    say("550 5.1.1 No such user here");
                } else if (command.startsWith("RCPT TO")) {
                    say(fault == Fault.RECIPIENT_PUT_OFF ? "450 4.2.1 Come back later" : "250 OK");
                } else if (command.equals("DATA")) {
                    say("354 Go ahead");
                    if (!mail()) {
                        return;
                    }
                } else if (command.startsWith("QUIT")) {
                    say("221 Bye");
                    return;
                } else {
                    say("250 OK"); // EHLO, RSET, NOOP
                }
            }
        }

        /** False when the connection is to end here. */
        private boolean mail() throws IOException {
            StringBuilder mail = new StringBuilder();
            for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
                if (line == null) {
                    return false;
                }
                mail.append(line).append('\n');
            }
            if (fault == Fault.MAIL_PUT_OFF) {
                say("451 4.3.0 Come back later");
                return true;
            }
            if (fault == Fault.RESET) {
                return false;
            }
            effects.take(mail.toString(), fault != Fault.RESET_AFTER_TAKING);
            if (fault == Fault.RESET_AFTER_TAKING) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SlackSink.THINKING));
            say("250 Taken");
            return true;
        }

        private void say(String line) throws IOException {
            client.getOutputStream().write((line + "\r\n").getBytes(ISO_8859_1));
        }
    }
}
