package org.manusroutes.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manusroutes.standins.DoorStandIn;
import org.manusroutes.standins.HeldPort;
import org.manusroutes.webhook.Look.Kind;

class PublicUrlLookTests {
    private final DoorStandIn door = DoorStandIn.start();
    private final PublicUrlLook look = new PublicUrlLook(DoorStandIn.PATH, true);

    @AfterEach
    void stop() {
        door.close();
    }

    @Test
    void knowsThisReceiver() throws Exception {
        assertThat(look.at(door.url())).isEqualTo(Look.good("this receiver answers at 127.0.0.1"));
    }

    @Test
    void knowsThisReceiverWhileItTakesNothing() throws Exception {
        door.answers(503, Map.of(), "{\"error\":\"the receiver is starting or stopping\"}");
        assertThat(look.at(door.url()).kind()).isEqualTo(Kind.UNCERTAIN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    200 | <title>My shop</title>              | another server answers 200 ('My shop')
                    405 | {"error":"Method Not Allowed"}      | another server answers 405
                    301 | moved                               | it answers 301 and sends callers on to nowhere
                    401 | <title>Log in</title>               | a 401 comes from something in front of the receiver ('Log in')
                    403 | no                                  | a 403 comes from something in front of the receiver
                    404 | <title>404 Not Found</title>        | it answers 404 ('404 Not Found'): the proxy passes /webhooks/manus on to nobody
                    502 | <title>502 Bad Gateway</title>      | the proxy answers 502 ('502 Bad Gateway'): it does not reach the receiver
                    530 | error code: 1033                    | the proxy answers 530: it does not reach the receiver
                    """)
    void saysWhoElseAnswers(int status, String body, String found) throws Exception {
        door.answers(status, Map.of(), body);
        Look seen = look.at(door.url());
        assertThat(seen.kind()).isEqualTo(Kind.WRONG);
        assertThat(seen.found()).isEqualTo(found);
        assertThat(seen.mend()).isNotBlank();
    }

    @Test
    void saysThatATunnelHasEnded() throws Exception {
        door.answers(404, Map.of("ngrok-error-code", "ERR_NGROK_3200"), "<title>ngrok</title>");
        assertThat(look.at(door.url()).found()).isEqualTo("the tunnel answers 404 ERR_NGROK_3200");
    }

    @Test
    void saysThatThePathIsNotThatOfTheSettings() throws Exception {
        String url = door.url().replace("/webhooks/manus", "/hooks");
        door.answers(404, Map.of(), "{\"status\":404,\"error\":\"Not Found\",\"path\":\"/hooks\"}");
        assertThat(look.at(url).sentence())
                .isEqualTo("it answers 404: a receiver is there, and its path is not /hooks: make the path of"
                        + " manus.webhook.public-url that of manus.webhook.path (/webhooks/manus), and register it"
                        + " again");
        door.answers(200, Map.of(), "hello");
        assertThat(look.at(url).mend())
                .endsWith("; the URL has the path /hooks, and manus.webhook.path is /webhooks/manus");
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        try (HeldPort nobody = HeldPort.take()) {
            Look seen = look.at("http://127.0.0.1:" + nobody.number() + "/webhooks/manus");
            assertThat(seen.kind()).isEqualTo(Kind.UNCERTAIN);
            assertThat(seen.found()).isEqualTo("127.0.0.1:" + nobody.number() + " refuses the connection");
        }
    }

    @Test
    void saysThatAPortSpeaksHttp() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> refuse(server));
            assertThat(look.at("https://127.0.0.1:" + server.getLocalPort()).found())
                    .isEqualTo("the port of 127.0.0.1 speaks http, not https");
            answering.join();
        }
    }

    /** As nginx and others do at once when they are spoken to in TLS. */
    private static void refuse(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().read()).isNotNegative();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    https://no-such-host.invalid/webhooks/manus | the host no-such-host.invalid is unknown: DNS has no address for it
                    hooks.example.com/webhooks/manus            | 'hooks.example.com/webhooks/manus' is no URL (it needs https:// and a host)
                    https:///webhooks                           | 'https:///webhooks' is no URL (it needs https:// and a host)
                    https://a b/                                | 'https://a b/' is no URL (Illegal character in authority)
                    """)
    void saysWhatIsWrongWithTheUrl(String url, String found) throws Exception {
        assertThat(look.at(url).found()).isEqualTo(found);
        assertThat(look.at(url).isWrong()).isTrue();
    }

    /** Seen from the Manus of the world. */
    @Test
    void refusesHttpAndDoubtsPrivateAddressesWhenManusIsFarAway() throws Exception {
        PublicUrlLook far = new PublicUrlLook(DoorStandIn.PATH, false);
        assertThat(far.at(door.url()).found()).startsWith("it is http");
    }
}
