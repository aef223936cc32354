package org.manusroutes.notify.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.text.Untrusted;

class MarkdownTests {
    @Test
    void readsAsPlainText() {
        assertThat(text("""
                        # Result
                        The **best** offer is _Acme_, ~~not~~ `Bolt`:
                        - see [the site](https://acme.example/x)
                        - or https://acme.example
                          1. first
                          2. second
                        > quoted

                        | Vendor | Price |
                        | --- | ---: |
                        | Acme | 1,204.50 |
                        | [Bolt](https://bolt.example) | 9 |

                        ```java
                          int a = 1;
                        ```
                        """)).isEqualTo("""
                        Result

                        The best offer is Acme, ~not~ Bolt:
                        \u2022 see the site (https://acme.example/x)
                        \u2022 or https://acme.example
                            1. first
                            2. second

                        > quoted

                        Vendor     Price
                        \u2500\u2500\u2500\u2500\u2500\u2500  \u2500\u2500\u2500\u2500\u2500\u2500\u2500\u2500
                        Acme    1,204.50
                        Bolt           9
                        Bolt (https://bolt.example)

                          int a = 1;""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "All done & dusted.",
                "One line\n  and one that is indented\n\nand another, with 2 * 3 = 6.",
                "<b>no</b> 5 < 6",
                "snake_case and 1*2",
                "[r]: https://manus.im",
                ">",
                "```"
            })
    void showsWhatIsNoMarkdownAsItIsWritten(String text) {
        Markdown markdown = Markdown.of(text);

        assertThat(markdown.document()).isNull();
        assertThat(markdown.text(80)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a \\* b", "a &lt; b", "*a*", "- a", "a\n---", "    code", "https://manus.im", "|a|\n|-|"})
    void knowsMarkdown(String text) {
        assertThat(Markdown.of(text).document()).isNotNull();
        assertThat(Markdown.literal(text).document()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"&#x202E;", "&#10;", "&#13;", "&#x2028;", "&#7;", "&#xFEFF;"})
    void cleansWhatAnEntityHid(String entity) {
        for (String text : new String[] {"*a%sb*", "[a%sb](https://manus.im)", "![a%sb](x)", "|a%sb|\n|-|"}) {
            assertThat(text(text.formatted(entity)).lines().findFirst().orElseThrow())
                    .startsWith("a")
                    .contains("b")
                    .doesNotContainPattern("[\\p{Cc}\u202E\u2028\uFEFF]");
        }
    }

    @Test
    void cutsATableToItsWidth() {
        String wide = "|" + "a long cell|".repeat(20) + "\n|" + "-|".repeat(20) + "\n|" + "\u4E2D\u6587|".repeat(20);

        assertThat(text(wide).lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(60));
        assertThat(text("|a|b|\n|-|-|\n|" + "x".repeat(200) + "|y|"))
                .contains("x".repeat(50) + "\u2026  y")
                .doesNotContain("x".repeat(60));
    }

    @Test
    void alignsWideLetters() {
        assertThat(text("|a|b|\n|-|-|\n|\u4E2D\u6587|x|\n|e\u0301|y|").lines().toList())
                .endsWith("\u4E2D\u6587  x", "e\u0301     y");
    }

    @ParameterizedTest
    @CsvSource({
        "the report,               https://evil.example/a,        the report (https://evil.example/a)",
        "report.pdf,               https://files.example/a?b=c,   report.pdf (https://files.example/a?b=c)",
        "manus.im,                 https://manus.im/app/1,        manus.im (https://manus.im/app/1)",
        "www.manus.im,             https://manus.im/app/1,        www.manus.im (https://manus.im/app/1)",
        "https://manus.im/a,       https://manus.im/a,            https://manus.im/a",
        "HTTPS://Manus.im,         https://manus.im/,             https://manus.im/",
        "mail,                     mailto:a@b.example,            mail (mailto:a@b.example)",
        "click,                    javascript:alert(1),           click (javascript:alert(1))",
        "click,                    https://manus.im@evil.example, click (https://manus.im@evil.example)",
        "click,                    ../x,                          click (../x)"
    })
    void linksWithTheAddressBehind(String words, String target, String shown) {
        assertThat(text("[" + words + "](" + target + ")")).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manus.im",
                "MANUS.IM",
                "https://manus.im",
                "https\\://manus.im",
                "see https://manus.im for more",
                "log in at manus.im, please",
                "manus.im/app/1",
                "manus\u200B.im",
                "manus\u3002im",
                "manus\uFF0Eim",
                "\uFF4Danus.im",
                "m\u0430nus.im",
                "**manus.im**",
                "`manus.im`",
                "manus&#46;im",
                "bob@manus.im",
                "127.0.0.1",
                "localhost",
                "evil.example.manus.im",
                "evil.example/login",
                "http:/manus.im",
                "manus.im\u2044a"
            })
    void letsNoWordsPretendToBeAnotherAddress(String words) {
        Markdown markdown = Markdown.of("[" + words + "](https://evil.example/x)");

        Run link = markdown.lines(60).get(0).runs().stream()
                .filter(run -> run.url() != null)
                .findFirst()
                .orElseThrow();
        assertThat(link.text()).isEqualTo("https://evil.example/x").isEqualTo(link.url());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manus.[im](https://evil.example/x)",
                "[manus](https://evil.example/x).im",
                "[manus](https://evil.example/x)[.im](https://evil.example/x)",
                "x [manus](https://evil.example/x).[im](https://evil.example/x) y",
                "**[manus](https://evil.example/x)**[.im](https://evil.example/x)",
                "**manus**_.i_[m](https://evil.example/x)",
                "manus.im/[app](https://evil.example/x)",
                "[\u200B](https://evil.example/x)",
                "![](https://evil.example/x).manus.im"
            })
    void letsNothingThatTouchesALinkHelpItPretend(String text) {
        assertThat(Markdown.of(text).lines(60).get(0).runs())
                .filteredOn(run -> run.url() != null)
                .isNotEmpty()
                .allMatch(run -> run.text().equals("https://evil.example/x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"See [the site](https://a.example).", "(as [a](https://a.example), [b](https://b.example)) x.y"})
    void leavesOtherLinksAsTheyAre(String text) {
        assertThat(Markdown.of(text).lines(60).get(0).runs())
                .filteredOn(run -> run.url() != null)
                .isNotEmpty()
                .allMatch(run -> run.text().length() < 10);
    }

    @Test
    void cutsALongAddressBehindItsHost() {
        String host = "manus.im." + "a".repeat(60) + "." + "b".repeat(60) + ".evil.example";

        assertThat(Markdown.of("[manus.im](https://" + host + "/" + "c".repeat(100) + ")")
                        .lines(60)
                        .get(0)
                        .text())
                .isEqualTo("manus.im (https://" + host + "/\u2026)");
    }

    @Test
    void cutsALongMessageAtALine() {
        Markdown markdown = Markdown.of("**bold** words\n".repeat(5000));

        assertThat(markdown.isCut()).isTrue();
        assertThat(markdown.text(80))
                .hasSizeLessThan(20_010)
                .endsWith("bold words\n\u2026")
                .doesNotContain("*");
        assertThat(Markdown.of("\uD83D\uDE00".repeat(20_000)).text(80)).endsWith("\uD83D\uDE00\n\u2026");
    }

    static Stream<String> huge() {
        return MarkdownStrings.huge();
    }

    @ParameterizedTest
    @MethodSource("huge")
    @Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void takesAnyMessageInAMoment(String text) {
        assertThat(Markdown.of(Untrusted.lines(text)).text(80)).hasSizeLessThan(4_000_000);
    }

    private static String text(String markdown) {
        return Markdown.of(Untrusted.lines(markdown)).text(60);
    }
}
