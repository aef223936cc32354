package org.manusroutes.distribution;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.standins.HeldPort;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.DistributionTest;

/** The proxies that docs/production.md shows, where they are installed: what passes, what does not, who is seen. */
class ReverseProxiesIT extends DistributionTest {
    private static final String HOST = "hooks.example.com";
    private static final String URL = "https://" + HOST + "/webhooks/manus";
    private static final int MAX_BODY = 2 * 1024 * 1024;

    private KeyPair manus;
    private int port;

    @ParameterizedTest
    @EnumSource
    void passTheBytesOfADeliveryAndTheAddressOfItsSender(ReverseProxy proxy) throws Exception {
        assumeTrue(proxy.isInstalled(), proxy + " is not installed on this machine");
        assumeTrue(certificate(), "there is no openssl on this machine");
        manus = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        distribution
                .start(
                        Map.of("manus.webhook.public-url", URL, "manus.webhook.public-key", pem()),
                        Map.of("manus.webhook.trusted-proxies", "127.0.0.1"),
                        Map.of("manus.webhook.allowed-sources", "127.0.0.2/32"))
                .awaitReady();
        try (HeldPort held = HeldPort.take()) {
            port = held.number();
        }
        Process process = proxy.start(port, distribution.port(), folder);
        try {
            byte[] event = (" " + finish("through-" + proxy).replace("Done.", "Größe \u20ac") + "\n").getBytes(UTF_8);
            await().until(() -> isOpen(port));
            assertThat(post("127.0.0.2", event, event, "")).as("a delivery").isEqualTo(200);
            assertThat(post("127.0.0.2", event, finish("another").getBytes(UTF_8), ""))
                    .as("signed for another body")
                    .isEqualTo(401);
            assertThat(post("127.0.0.3", event, event, "X-Forwarded-For: 127.0.0.2\r\n"))
                    .as("another sender, who names an allowed one")
                    .isEqualTo(403);
            byte[] large = padded(finish("large-" + proxy), MAX_BODY);
            assertThat(post("127.0.0.2", large, large, ""))
                    .as("the largest body")
                    .isEqualTo(200);
            byte[] tooLarge = padded(finish("too-large"), MAX_BODY + 1);
            assertThat(post("127.0.0.2", tooLarge, tooLarge, ""))
                    .as("a larger one")
                    .isEqualTo(413);
            assertThat(request("127.0.0.2", "GET /actuator/health HTTP/1.1\r\n", new byte[0]))
                    .as("another path")
                    .isIn(403, 404);
        } finally {
            process.destroy();
            Bounded.end(process);
            System.out.println(proxy + ": " + Files.readString(proxy.log(folder)));
        }
    }

    private static boolean isOpen(int port) {
        try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return open.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private boolean certificate() throws Exception {
        Path key = folder.resolve("privkey.pem");
        Path certificate = folder.resolve("fullchain.pem");
        List<String> command = List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + HOST,
                "-addext",
                "subjectAltName=DNS:" + HOST,
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString());
        try {
            Path said = folder.resolve("openssl.log");
            Process openssl = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            assertThat(Bounded.end(openssl)).as(said.toString()).isZero();
        } catch (IOException notInstalled) {
            return false;
        }
        Files.writeString(folder.resolve("hooks.pem"), Files.readString(certificate) + Files.readString(key));
        return true;
    }

    private String pem() {
        return "-----BEGIN PUBLIC KEY-----\\n"
                + Base64.getEncoder().encodeToString(manus.getPublic().getEncoded()) + "\\n-----END PUBLIC KEY-----";
    }

    private int post(String from, byte[] body, byte[] signed, String headers) throws Exception {
        String seconds = String.valueOf(Instant.now().getEpochSecond());
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(manus.getPrivate());
        signature.update((seconds + "." + URL + "." + DigestUtils.sha256Hex(signed)).getBytes(UTF_8));
        return request(
                from,
                "POST /webhooks/manus HTTP/1.1\r\nContent-Type: application/json\r\nX-Webhook-Timestamp: " + seconds
                        + "\r\nX-Webhook-Signature: " + Base64.getEncoder().encodeToString(signature.sign())
                        + "\r\nContent-Length: " + body.length + "\r\n" + headers,
                body);
    }

    /** The status of the answer, asked for from that address of this machine. */
    private int request(String from, String head, byte[] body) throws Exception {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {new TrustsAll()}, new SecureRandom());
        try (SSLSocket socket = (SSLSocket) tls.getSocketFactory()
                .createSocket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(HOST)));
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write((head + "Host: " + HOST + "\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
            try {
                socket.getOutputStream().write(body);
            } catch (IOException refusedBeforeItsEnd) {
                // the answer has come
            }
            String answer = new String(socket.getInputStream().readNBytes(12), ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.");
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    private static byte[] padded(String event, int size) {
        return (event + " ".repeat(size - event.length())).getBytes(UTF_8);
    }

    /** The certificate is the test's own. */
    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
