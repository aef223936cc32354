package org.manusroutes.standins;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Stands before a mail server and adds what GreenMail lacks: STARTTLS, a login that is needed, refused addresses. */
final class SmtpGate implements Closeable {
    /** What each of these addresses is answered with. */
    final Map<String, String> refused = new ConcurrentHashMap<>();
    /** What each mail is answered with instead of being taken; null to take it. */
    volatile @Nullable String refusal;

    final AtomicInteger accepted = new AtomicInteger();
    /** Hang up when the mail server has taken a mail, before the sender knows. */
    volatile boolean cutAfterText;

    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final HeldPort port = HeldPort.take();
    private final int backend;
    private final Mode mode;
    private volatile ServerSocket door;

    /** @param tls null without TLS */
    record Mode(@Nullable SSLContext tls, boolean fromTheFirstByte, boolean loginNeeded) {}

    SmtpGate(int backend, Mode mode) throws IOException {
        this.backend = backend;
        this.mode = mode;
        open();
    }

    int port() {
        return port.number();
    }

    /** Takes connections until {@link #shut}. */
    void open() throws IOException {
        door = new ServerSocket(port(), 50, InetAddress.getLoopbackAddress());
        ServerSocket listening = door;
        start("smtp-gate", () -> accept(listening));
    }

    /** Ends the sessions and refuses connections; the port stays this gate's. */
    void shut() throws IOException {
        door.close();
        hangUp();
    }

    @Override
    public void close() throws IOException {
        shut();
        port.close();
    }

    /** Ends the sessions that are open. */
    void hangUp() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** Ends the sessions in which a mail is being sent. */
    void cutWhatIsUnderWay() throws IOException {
        for (Session session : sessions) {
            if (session.inData) {
                session.client.close();
            }
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                open.add(client);
                accepted.incrementAndGet();
                if (listening.isClosed()) {
                    // taken while the door was being shut, too late for its hangUp
                    client.close();
                }
                start("smtp-gate-session", () -> serve(client));
            } catch (IOException e) {
                // closed while waiting: the loop ends
                continue;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), backend)) {
            open.add(server);
            Session session = new Session(mode.fromTheFirstByte() ? secured(client) : client, server);
            sessions.add(session);
            try {
                session.run();
            } finally {
                sessions.remove(session);
            }
        } catch (IOException e) {
            // a side hung up, which ends the session
            open.remove(client);
        }
    }

    private Socket secured(Socket client) throws IOException {
        SSLSocket socket = (SSLSocket) mode.tls().getSocketFactory().createSocket(client, null, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private final class Session {
        private final BufferedReader fromServer;
        private final OutputStream toServer;
        private volatile Socket client;
        private BufferedReader fromClient;
        private boolean secure;
        private boolean loggedIn;
        private volatile boolean inData;

        Session(Socket client, Socket server) throws IOException {
            this.client = client;
            this.secure = mode.fromTheFirstByte();
            this.fromClient = reader(client);
            this.fromServer = reader(server);
            this.toServer = server.getOutputStream();
        }

        void run() throws IOException {
            relayReply(false);
            for (String line = fromClient.readLine(); line != null; line = fromClient.readLine()) {
                command(line);
            }
        }

        private void command(String line) throws IOException {
            String upper = line.toUpperCase(Locale.ROOT);
            if (inData && line.equals(".") && refusal != null) {
                write(client.getOutputStream(), refusal);
                throw new IOException("the mail server must not take it");
            } else if (inData) {
                write(toServer, line);
                if (line.equals(".")) {
                    inData = false;
                    if (cutAfterText) {
                        fromServer.readLine();
                        throw new IOException("cut on purpose");
                    }
                    relayReply(false);
                }
            } else if (upper.equals("STARTTLS") && mode.tls() != null) {
                write(client.getOutputStream(), "220 2.0.0 Go ahead");
                client = secured(client);
                fromClient = reader(client);
                secure = true;
            } else if (upper.startsWith("MAIL FROM") && mode.loginNeeded() && !loggedIn) {
                write(client.getOutputStream(), "530 5.7.0 Authentication required");
            } else if (upper.startsWith("RCPT TO") && refused.keySet().stream().anyMatch(line::contains)) {
                String address = refused.keySet().stream()
                        .filter(line::contains)
                        .findFirst()
                        .orElseThrow();
                write(client.getOutputStream(), refused.get(address));
            } else {
                write(toServer, line);
                String reply = relayReply(upper.startsWith("EHLO") && mode.tls() != null && !secure);
                loggedIn |= reply.startsWith("235");
                inData = reply.startsWith("354");
            }
        }

        private String relayReply(boolean offerTls) throws IOException {
            String line = fromServer.readLine();
            boolean offer = offerTls;
            while (line != null) {
                boolean last = line.length() < 4 || line.charAt(3) != '-';
                if (offer) {
                    write(client.getOutputStream(), "250-" + line.substring(4));
                    line = last ? "250 STARTTLS" : "250-STARTTLS";
                    offer = false;
                }
                write(client.getOutputStream(), line);
                if (last) {
                    return line;
                }
                line = fromServer.readLine();
            }
            throw new IOException("The mail server hung up");
        }

        private static BufferedReader reader(Socket socket) throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        private static void write(OutputStream out, String line) throws IOException {
            out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }
}
