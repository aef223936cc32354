package org.manusroutes.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.manusroutes.net.PublicAddress;

/**
 * Looks at the receiver's public URL as a stranger does, by a GET: this receiver answers it with 405, before it looks
 * at anything else, and in a sentence of its own. Nothing is stored, and no redirect is followed, as Manus may not.
 */
public final class PublicUrlLook {
    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final Duration ANSWER = Duration.ofSeconds(8);
    private static final int MOST_BYTES = 64 * 1024;

    private final String path;
    private final boolean here;
    private final @Nullable KeyStore trusted;

    /**
     * A look for a door.
     *
     * @param path of the door, as in {@code manus.webhook.path}
     * @param here whether Manus itself is stood in for on this machine: it may use http, and addresses of this machine
     */
    public PublicUrlLook(String path, boolean here) {
        this(path, here, null);
    }

    /** @param trusted null for the CAs that Java trusts */
    PublicUrlLook(String path, boolean here, @Nullable KeyStore trusted) {
        this.path = path;
        this.here = here;
        this.trusted = trusted;
    }

    /** Never throws for what is wrong with the URL, or with what stands behind it. */
    public Look at(String url) throws InterruptedException {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            return noUrl(url, String.valueOf(e.getReason()));
        }
        if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("(?i)https?")) {
            return noUrl(url, "it needs https:// and a host");
        }
        String address;
        try {
            address = privateAddress(uri.getHost());
        } catch (UnknownHostException e) {
            return Look.wrong(
                    "the host " + uri.getHost() + " is unknown: DNS has no address for it",
                    "spell it right in manus.webhook.public-url, or add the record; a tunnel's free host is another"
                            + " one after each start");
        }
        if (!here && uri.getScheme().equalsIgnoreCase("http")) {
            return Look.wrong(
                    "it is http, and what is sent there can be read and changed on its way",
                    "put TLS in front of the receiver (docs/production.md), and https:// in manus.webhook.public-url");
        }
        Look look = ask(uri);
        return look.isGood() && !here && !address.isEmpty()
                ? Look.uncertain(
                        "this receiver answers, but here " + uri.getHost() + " is " + address
                                + ", which no one outside this network reaches",
                        "see that public DNS has a public address for it, or use a tunnel (docs/tunnels.md)")
                : look;
    }

    private static Look noUrl(String url, String why) {
        return Look.wrong(
                "'" + url + "' is no URL (" + why + ")",
                "set manus.webhook.public-url to the whole URL, https://hooks.example.com/webhooks/manus for example");
    }

    /** An address of the host when it has only such that mean something to some network of its own; else empty. */
    private static String privateAddress(String host) throws UnknownHostException {
        InetAddress[] all = InetAddress.getAllByName(host);
        return Arrays.stream(all).anyMatch(PublicAddress::is) ? "" : all[0].getHostAddress();
    }

    private Look ask(URI uri) throws InterruptedException {
        CertificateWitness witness = new CertificateWitness(trusted);
        try {
            HttpResponse<InputStream> response = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .sslContext(witness.context())
                    .build()
                    .send(
                            HttpRequest.newBuilder(uri).timeout(ANSWER).build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return new PublicUrlAnswer(uri, path, response.statusCode(), response.headers())
                        .judge(new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            return withoutAnswer(uri, e, witness);
        }
    }

    private static Look withoutAnswer(URI uri, IOException failure, CertificateWitness witness) {
        String where = uri.getHost() + ":" + port(uri);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return witness.explain(uri.getHost(), String.valueOf(cause.getMessage()));
            }
        }
        if (failure instanceof HttpTimeoutException) {
            return Look.uncertain(
                    where + " does not answer in time",
                    "a firewall drops it, or the host cannot be reached from within its own network; look from"
                            + " outside");
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return Look.uncertain(
                    where + " refuses the connection",
                    "start the proxy or the tunnel that listens there, or open the port; if it is only reachable from"
                            + " outside, look from there");
        }
        return Look.uncertain(
                where + " broke the connection (" + Objects.requireNonNullElse(failure.getMessage(), "no reason given")
                        + ")",
                "look at the log of the proxy or the tunnel");
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
