package org.manusroutes.standins;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What stands at a public URL: this receiver's door, until it is told to answer as something else does. */
public final class DoorStandIn implements AutoCloseable {
    public static final String PATH = "/webhooks/manus";

    private static final Map<String, String> OURS = Map.of("Content-Type", "application/json", "Allow", "POST");

    private final HttpServer server;
    private volatile int status = 405;
    private volatile String body = "{\"error\":\"only POST is taken here\"}";
    private volatile Map<String, String> headers = OURS;
    private volatile int postStatus = 200;

    private DoorStandIn(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.start();
    }

    public static DoorStandIn start() {
        return start(null);
    }

    /** @param tls null for http */
    public static DoorStandIn start(@Nullable SSLContext tls) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                return new DoorStandIn(HttpServer.create(address, 0));
            }
            HttpsServer secured = HttpsServer.create(address, 0);
            secured.setHttpsConfigurator(new HttpsConfigurator(tls));
            return new DoorStandIn(secured);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port() + PATH;
    }

    /** From now on, to a GET. */
    public void answers(int newStatus, Map<String, String> newHeaders, String newBody) {
        status = newStatus;
        headers = newHeaders;
        body = newBody;
    }

    /** From now on, to a POST. */
    public void answersDeliveries(int newStatus) {
        postStatus = newStatus;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                HttpAnswers.send(exchange, postStatus, "application/json", "{\"status\":\"ignored\"}");
                return;
            }
            headers.forEach(exchange.getResponseHeaders()::set);
            HttpAnswers.send(exchange, status, headers.getOrDefault("Content-Type", "text/html"), body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
