package org.manusroutes.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands in for a mail server: takes every mail, as cheaply as it can, and counts them. */
final class SmtpSink implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    private final AtomicInteger mails = new AtomicInteger();

    SmtpSink() throws IOException {
        HttpSink.daemon(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    HttpSink.daemon(() -> serve(socket));
                }
            } catch (IOException e) {
                // closed
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    int mails() {
        return mails.get();
    }

    /** Settings of the application for mail to here. */
    Map<String, String> settings() {
        return Map.of(
                "MANUS_MAIL_HOST", "127.0.0.1",
                "MANUS_MAIL_PORT", Integer.toString(port()),
                "MANUS_MAIL_TLS", "none",
                "MANUS_MAIL_FROM", "manus@example.com",
                "MANUS_MAIL_TO", "team@example.com");
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            say(out, "220 bench ESMTP");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.substring(0, Math.min(4, line.length())).toUpperCase(Locale.ROOT);
                switch (command) {
                    case "EHLO" -> say(out, "250-bench\r\n250-8BITMIME\r\n250 SMTPUTF8");
                    case "DATA" -> {
                        say(out, "354 go on");
                        for (String text = in.readLine(); text != null && !text.equals("."); ) {
                            text = in.readLine();
                        }
                        mails.incrementAndGet();
                        say(out, "250 taken");
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 ok");
                }
            }
        } catch (IOException e) {
            // the client went away
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
