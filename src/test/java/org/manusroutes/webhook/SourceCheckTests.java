package org.manusroutes.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manusroutes.webhook.WebhookProperties.SignatureMode;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;

class SourceCheckTests {
    private final SourceCheck behindProxies = check(List.of("198.51.100.0/24"), List.of("10.0.0.0/8", "fd00::/8"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.9 | 198.51.100.7                          | 203.0.113.9", // not our proxy: its word counts
                // nothing
                "10.0.0.1    | 198.51.100.7                          | 198.51.100.7",
                "10.0.0.1    | 198.51.100.7, 203.0.113.9             | 203.0.113.9", // the left part is the sender's
                // invention
                "10.0.0.1    | 198.51.100.7, 203.0.113.9, 10.0.0.2   | 203.0.113.9",
                "10.0.0.1    | 198.51.100.7:4711                     | 198.51.100.7",
                "fd00::1     | [2001:db8::5]:4711                    | 2001:db8::5",
                "10.0.0.1    | unknown                               | unknown",
                "10.0.0.1    | 10.0.0.3, 10.0.0.2                    | 10.0.0.3",
            })
    void walksFromTheRightToTheFirstAddressThatIsNoProxyOfOurs(String peer, String forwarded, String sender) {
        assertThat(behindProxies.sender(request(peer, forwarded))).isEqualTo(sender);
    }

    @Test
    void joinsSeveralHeadersInTheirOrder() {
        MockHttpServletRequest request = request("10.0.0.1", "198.51.100.7");
        request.addHeader("X-Forwarded-For", "203.0.113.9");
        assertThat(behindProxies.sender(request)).isEqualTo("203.0.113.9");
    }

    @Test
    void letsInOnlyAllowedNetworks() {
        assertThatCode(() -> behindProxies.check(request("10.0.0.1", "198.51.100.7")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> behindProxies.check(request("10.0.0.1", "203.0.113.9")))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.SOURCE));
        assertThatThrownBy(() -> behindProxies.check(request("10.0.0.1", "unknown")))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void letsInAnybodyWhenNoNetworkIsSet() {
        SourceCheck open = check(List.of(""), List.of());
        assertThatCode(() -> open.check(request("203.0.113.9", "x"))).doesNotThrowAnyException();
    }

    private static MockHttpServletRequest request(String peer, String forwarded) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/webhooks/manus");
        request.setRemoteAddr(peer);
        request.addHeader("X-Forwarded-For", forwarded);
        return request;
    }

    private static SourceCheck check(List<String> allowed, List<String> proxies) {
        return new SourceCheck(new WebhookProperties(
                "/webhooks/manus",
                "https://example.org/webhooks/manus",
                SignatureMode.REQUIRED,
                "",
                Duration.ofMinutes(5),
                DataSize.ofMegabytes(2),
                allowed,
                proxies,
                false));
    }
}
