package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import okhttp3.HttpUrl;
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
        assertThat(rule.check(url).uri())
                .isEqualTo(URI.create(
                        url.replace("HTTPS://MANUS.IM", "https://manus.im").replace(":443", "")));
    }

    /** As a browser asks for what stands in its address bar (WHATWG URL). */
    @ParameterizedTest
    @CsvSource(delimiter = '^', quoteCharacter = '`', textBlock = """
                    https://manus.im/a b.pdf?x=y z             ^ https://manus.im/a%20b.pdf?x=y%20z
                    https://manus.im/a[1]|"2".pdf?Key=a|b      ^ https://manus.im/a%5B1%5D%7C%222%22.pdf?Key=a%7Cb
                    https://manus.im/Übersicht.pdf             ^ https://manus.im/%C3%9Cbersicht.pdf
                    https://manus.im/a%20b                     ^ https://manus.im/a%20b
                    https://a_b.manuscdn.com/f                 ^ https://a_b.manuscdn.com/f
                    https:\\\\manus.im\\f                      ^ https://manus.im/f
                    https://manus.im/a/../f                    ^ https://manus.im/f
                    https://ÜBER.manuscdn.com/f                ^ https://xn--ber-goa.manuscdn.com/f
                    """)
    void readsAUrlAsABrowserDoes(String url, String asked) {
        assertThat(rule.check(url).uri()).hasToString(asked);
    }

    @Test
    void readsALocationWhoseBytesAreUtf8() {
        HttpUrl from = rule.check("https://manus.im/a");
        String asTheClientGivesIt =
                new String("/Übersicht.pdf".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(rule.check(from, asTheClientGivesIt).uri()).hasToString("https://manus.im/%C3%9Cbersicht.pdf");
        assertThat(rule.check(from, "/\u00dcbersicht.pdf").uri()).hasToString("https://manus.im/%C3%9Cbersicht.pdf");
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
                    https://evil.example\\@manus.im/f       | Host evil.example is not among
                    https://manus.im%2f@evil.example/f      | holds a user name
                    https://manus.im%00.evil.example/f      | malformed
                    https://ma nus.im/f                     | malformed
                    https://manus.im:port/f                 | malformed
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
        assertThatThrownBy(() -> rule.check("https://manus.im:port/f?Signature=secret"))
                .message()
                .doesNotContain("secret");
    }

    @Test
    void judgesARedirectLikeTheFirstUrl() {
        HttpUrl from = rule.check("https://manus.im/a/b?x=y");

        assertThat(rule.check(from, "../c")).hasToString("https://manus.im/c");
        assertThat(rule.check(from, "//x.manuscdn.com/c")).hasToString("https://x.manuscdn.com/c");
        assertThatThrownBy(() -> rule.check(from, "ftp://manus.im/c")).isInstanceOf(PermanentFailure.class);
        assertThatThrownBy(() -> rule.check(from, "http://manus.im/c")).isInstanceOf(PermanentFailure.class);
        assertThatThrownBy(() -> rule.check(from, "https://evil.example/")).isInstanceOf(PermanentFailure.class);
    }

    @Test
    void takesAnyHostForAStar() {
        UrlRule any = new UrlRule(true, List.of("*"));

        assertThat(any.check("http://anything.example:8080/f").port()).isEqualTo(8080);
    }
}
