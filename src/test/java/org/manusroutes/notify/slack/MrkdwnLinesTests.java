package org.manusroutes.notify.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.notify.markdown.Markdown;
import org.manusroutes.notify.markdown.MarkdownStrings;
import org.manusroutes.text.Untrusted;

class MrkdwnLinesTests {
    private static final String OUR_LINKS = "<https?://[^<>|\\s]+\\|[^<>\\n]+>";

    @ParameterizedTest
    @CsvSource({
        "**a**,                      *a*",
        "*a*,                        _a_",
        "~~a~~,                      ~a~",
        "***a***,                    *_a_*",
        "**a *b* c**,                *a _b_ c*",
        "*a **b***,                  _a_ *_b_*",
        "# a **b** c,                *a b c*",
        "`a*b`,                      `a*b`",
        "**`a`**,                    *`a`*",
        "x **a**.,                   x *a*.",
        "a**b**c,                    a\u200B*b*\u200Bc",
        "\u4E2D**\u6587**\u4E2D,     \u4E2D\u200B*\u6587*\u200B\u4E2D",
        "[a](https://manus.im),      <https://manus.im|a>",
        "**[a](https://manus.im)**,  *<https://manus.im|a>*",
        "[`a`](https://manus.im),    <https://manus.im|a>",
        "![a](https://x.example/a.png), <https://x.example/a.png|a>",
        "![](https://x.example/a.png), <https://x.example/a.png|image>",
        "- a,                        \u2022 a",
        "7. a,                       7. a",
        "> a,                        > a",
        "- [x] a,                    \u2022 [x] a"
    })
    void writesTheMarksOfSlack(String markdown, String mrkdwn) {
        assertThat(slack(markdown)).isEqualTo(mrkdwn);
    }

    @Test
    void endsMarksWithTheLine() {
        assertThat(slack("**a\nb** c")).isEqualTo("*a*\n*b* c");
    }

    @Test
    void writesTablesAndCodeInBlocks() {
        assertThat(slack("""
                        Prices:

                        | a | b |
                        |---|--:|
                        | 1 | <2> |

                        ```
                        x ``` <y>
                        ```
                        end""")).isEqualTo("""
                        Prices:

                        ```
                        a    b
                        \u2500  \u2500\u2500\u2500
                        1  &lt;2&gt;
                        ```

                        ```
                        x \u02CB\u02CB\u02CB &lt;y&gt;
                        ```

                        end""");
    }

    @ParameterizedTest
    @CsvSource({
        "\\*a\\*,            \u2217a\u2217",
        "\\`\\`\\`,          \u02CB\u02CB\u02CB",
        "a \\_b\\_,          a \u02CDb\u02CD",
        "**a \\* b**,        *a * b*",
        "**a\\***,           *a\u2217*",
        "`` a`b ``,          `a\u02CBb`",
        "snake_case,         snake_case",
        "__init__.py x,      *init*.py x",
        "2 * 3,              2 * 3",
        "[a\\*](https://a.b),     <https://a.b|a\u2217>",
        "<!channel>,         &lt;!channel&gt;",
        "`<!channel>`,       `&lt;!channel&gt;`",
        "[<!channel>](https://manus.im), <https://manus.im|&lt;!channel&gt;>",
        "[a](<https://manus.im/|b>), <https://manus.im/%7Cb|a>",
        "<b>a</b> *x*,       &lt;b&gt;a&lt;/b&gt; _x_",
        "&lt;!channel&gt;,   &lt;!channel&gt;"
    })
    void takesWhatIsMeantLiterallyLiterally(String markdown, String mrkdwn) {
        assertThat(slack(markdown)).isEqualTo(mrkdwn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**a bold text that is too long**",
                "***`code` and much more***",
                "```\nsome code\nthat is too long\n```",
                "|a|b|\n|-|-|\n|a long cell|x|",
                "[words that are long](https://manus.im/app) and more",
                "> quoted **text** &&&&&&&&&",
                "- a\n- b\n- c\n- d\n- e\n- f\n- g"
            })
    void closesWhatIsOpenAtTheLimit(String markdown) {
        for (int limit = 20; limit < 80; limit++) {
            String text = MrkdwnLines.of(Markdown.of(markdown).lines(40), 25, limit);
            assertThat(text).hasSizeLessThanOrEqualTo(limit + 16);
            assertSafe(text);
            for (String mark : new String[] {"*", "_", "`"}) {
                assertThat(text.replace("```", "").split(Pattern.quote(mark), -1).length % 2)
                        .as(text)
                        .isEqualTo(1);
            }
        }
        for (int lines = 1; lines < 8; lines++) {
            assertSafe(MrkdwnLines.of(Markdown.of(markdown).lines(40), lines, 2000));
        }
    }

    @Test
    void endsACutMessageWithAnEllipsis() {
        assertThat(MrkdwnLines.of(Markdown.of("- a\n- b\n- c").lines(40), 2, 2000))
                .isEqualTo("\u2022 a\n\u2022 b\n\u2026");
        assertThat(MrkdwnLines.of(Markdown.of("```\na\nb\nc\n```").lines(40), 2, 2000))
                .isEqualTo("```\na\nb\n```\n\u2026");
        assertThat(MrkdwnLines.of(Markdown.of("**" + "a".repeat(100) + "**").lines(40), 2, 50))
                .endsWith("a\u2026*");
    }

    @Test
    void letsNothingOutOfAnyText() {
        MarkdownStrings.some(4000).forEach(markdown -> assertSafe(slack(markdown)));
    }

    static Stream<String> huge() {
        return MarkdownStrings.huge();
    }

    @ParameterizedTest
    @MethodSource("huge")
    @Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void takesAnyMessageInAMoment(String text) {
        assertSafe(slack(text));
    }

    /** No mention, no link but ours, no entity cut in two, no block left open, and short enough. */
    private static void assertSafe(String text) {
        assertThat(text).hasSizeLessThanOrEqualTo(Mrkdwn.SECTION).doesNotContain("<!", "<@", "<#");
        String rest = text.replaceAll("(?m)^> ?", "").replaceAll(OUR_LINKS, "");
        assertThat(rest).as(text).doesNotContain("<", ">");
        assertThat(rest.replaceAll("&(amp|lt|gt);", "")).as(text).doesNotContain("&");
        assertThat(text.split("```", -1).length % 2).as(text).isEqualTo(1);
        assertThat(text).doesNotContainPattern("[\\p{Cs}\u202E\uFEFF\\p{Cc}&&[^\n\t]]");
        for (String line : text.lines().toList()) {
            assertThat(line.contains("```") && !line.equals("```")).as(text).isFalse();
        }
    }

    private static String slack(String markdown) {
        return MrkdwnLines.of(Markdown.of(Untrusted.lines(markdown)).lines(72), 25, 2500);
    }
}
