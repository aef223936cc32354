package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.net.PublicAddress;
import org.manusroutes.standins.FileServer;

/** No URL, and no redirect, leads into the network that the receiver stands in. */
@Timeout(60)
class ForbiddenAddressTests {
    private final Path spool;

    ForbiddenAddressTests(@TempDir Path spool) {
        this.spool = spool;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "LOCALHOST",
                "127.1",
                "0x7f000001",
                "0x7f.0.0.1",
                "2130706433",
                "017700000001",
                "0.0.0.0",
                "0",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]"
            })
    void isNeverConnectedTo(String host) throws IOException {
        assertNeverConnectedTo("127.0.0.1", host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]", "[0:0:0:0:0:0:0:1]", "[::1%25lo]"})
    void isNeverConnectedToOverIpv6(String host) throws IOException {
        assertNeverConnectedTo("::1", host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "10.0.0.1",
                "192.168.0.1",
                "[fd00:ec2::254]",
                "[fe80::1]",
                "[64:ff9b::a9fe:a9fe]"
            })
    void isRefusedWithoutListeningThere(String host) throws IOException {
        try (Downloads downloads = new Downloads(spool, Map.of("connect-timeout", "1s"), PublicAddress::is)) {
            assertThatThrownBy(() -> downloads.fetch("http://" + host + "/latest/meta-data/?Signature=secret", null))
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContaining("manus.attachments.allow-private-addresses")
                    .message()
                    .doesNotContain("secret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "[::ffff:127.0.0.2]"})
    void isNotReachedByARedirect(String host) throws IOException {
        try (FileServer server = FileServer.start();
                CountingSocket inside = new CountingSocket("127.0.0.2");
                Downloads downloads = new Downloads(
                        spool, Map.of(), address -> address.getHostAddress().equals("127.0.0.1"))) {
            String url = server.redirect("a", "http://" + host + ":" + inside.port() + "/");

            assertThatThrownBy(() -> downloads.fetch(url, null))
                    .isInstanceOf(PermanentFailure.class)
                    .hasMessageContaining("127.0.0.2, which is not public");
            assertThat(server.requests("a")).hasSize(1);
            assertThat(inside.connections()).isZero();
        }
    }

    @Test
    void isReachedWhenAllowed() throws IOException {
        try (CountingSocket inside = new CountingSocket("127.0.0.1");
                Downloads downloads = new Downloads(spool, Map.of(), address -> true)) {
            assertThatThrownBy(() -> downloads.fetch("http://localhost:" + inside.port() + "/", null))
                    .isInstanceOf(IOException.class);
            assertThat(inside.connections()).isPositive();
        }
    }

    private void assertNeverConnectedTo(String listener, String host) throws IOException {
        try (CountingSocket inside = new CountingSocket(listener);
                Downloads downloads = new Downloads(spool, Map.of(), PublicAddress::is)) {
            assertThatThrownBy(() -> downloads.fetch("http://" + host + ":" + inside.port() + "/", null))
                    .isInstanceOf(PermanentFailure.class);
            assertThat(inside.connections()).isZero();
        }
        assertThat(spool).isEmptyDirectory();
    }
}
