package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.failure.PermanentFailure;

class UrlRuleTests {
    private final UrlRule rule = new UrlRule(false, List.of("*.manuscdn.com", "manus.im"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://private-us-east-1.manuscdn.com/sessionFile/a%20b?Policy=x&Signature=y~_-",
                "https://a.b.manuscdn.com/",
                "https://manus.im:443/files/1",
                "HTTPS://MANUS.IM/files/1"
            })
    void takesAFileOfManus(String url) {
        assertThat(rule.check(url)).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    http://manus.im/f                       | plain http (manus.attachments.allow-http
                    ftp://manus.im/f                        | scheme 'ftp'
                    file:///etc/passwd                      | scheme 'file'
                    /etc/passwd                             | scheme ''
                    https://manuscdn.com/f                  | Host manuscdn.com is not among manus.attachments.allowed-hosts
                    https://evilmanuscdn.com/f              | not among manus.attachments.allowed-hosts
                    https://manus.im.evil.example/f         | not among manus.attachments.allowed-hosts
                    https://manus.im@evil.example/f         | holds a user name
                    https://manus.im:8443/f                 | port 8443
                    https://manus.im:22/f                   | port 22
                    https://evil.example\\@manus.im/f       | malformed
                    https://manus.im/a b                    | malformed
                    https://0x7f000001/f                    | Host 0x7f000001 is an address in disguise
                    https://127.0.0.01/f                    | in disguise
                    https://2130706433/f                    | in disguise
                    https:///f                              | no host
                    https://[::1]/f                         | not among
                    https://127.0.0.1/f                     | not among
                    """)
    void saysWhatIsWrongWithAUrl(String url, String reason) {
        assertThatThrownBy(() -> rule.check(url))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(reason);
    }

    @Test
    void neverSaysTheSignature() {
        assertThatThrownBy(() -> rule.check("https://evil.example/f?Signature=secret"))
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> rule.check("https://manus.im/f?Signature=secret and space"))
                .message()
                .doesNotContain("secret");
    }

    @Test
    void judgesARedirectLikeTheFirstUrl() {
        URI from = rule.check("https://manus.im/a/b?x=y");

        assertThat(rule.check(from, "../c")).isEqualTo(URI.create("https://manus.im/c"));
        assertThat(rule.check(from, "//x.manuscdn.com/c")).isEqualTo(URI.create("https://x.manuscdn.com/c"));
        assertThatThrownBy(() -> rule.check(from, "http://manus.im/c")).isInstanceOf(PermanentFailure.class);
        assertThatThrownBy(() -> rule.check(from, "https://evil.example/")).isInstanceOf(PermanentFailure.class);
    }

    @Test
    void takesAnyHostForAStar() {
        UrlRule any = new UrlRule(true, List.of("*"));

        assertThat(any.check("http://anything.example:8080/f").getPort()).isEqualTo(8080);
    }
}
