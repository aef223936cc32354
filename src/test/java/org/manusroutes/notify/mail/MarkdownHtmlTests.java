package org.manusroutes.notify.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
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

class MarkdownHtmlTests {
    private static final Pattern TAG = Pattern.compile("<([^<>]*)>");
    private static final Pattern ELEMENT = Pattern.compile("([a-z][a-z0-9]*)((?: [a-z]+=\"[^\"]*\")*)");
    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-z]+)=\"([^\"]*)\"");
    private static final Set<String> EMPTY = Set.of("br", "hr");
    private static final Set<String> ELEMENTS = Set.of(
            "p",
            "div",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "li",
            "blockquote",
            "pre",
            "code",
            "table",
            "tr",
            "th",
            "td",
            "strong",
            "em",
            "s",
            "a",
            "br",
            "hr");

    @ParameterizedTest
    @CsvSource({
        "**a** *b* ~~c~~,            <p><strong>a</strong> <em>b</em> <s>c</s></p>",
        "`<a>`,                      <p><code>&lt;a&gt;</code></p>",
        "# a,                        <h2>a</h2>",
        "[a](https://manus.im/?a&b), '<p><a href=\"https://manus.im/?a&amp;b\">a</a></p>'",
        "![a](https://x.example/a),  '<p><a href=\"https://x.example/a\">a</a></p>'",
        "[a](javascript:b),          <p>a (javascript:b)</p>",
        "[manus.im](https://evil.example), '<p>manus.im (<a href=\"https://evil.example\">https://evil.example</a>)</p>'",
        "- a,                        <ul><li><div>a</div></li></ul>",
        "7. a,                       '<ol start=\"7\"><li><div>a</div></li></ol>'",
        "> a,                        <blockquote><p>a</p></blockquote>",
        "<b>a</b> *c*,               <p>&lt;b&gt;a&lt;/b&gt; <em>c</em></p>",
        "5 < 6 & \"x\",              <p>5 &lt; 6 &amp; &quot;x&quot;</p>"
    })
    void writesElementsOfItsOwn(String markdown, String html) {
        assertThat(html(markdown).replaceAll(" style=\"[^\"]*\"", "")).isEqualTo(html);
    }

    @Test
    void bordersTables() {
        assertThat(html("|a|b|\n|-|-:|\n|1|2|"))
                .contains("border-collapse:collapse", "<th style=\"border:1px", "text-align:right\">2</td>");
    }

    @Test
    void keepsTheLinesOfWhatIsNoMarkdown() {
        assertThat(html("a\n  b")).contains("white-space:pre-wrap").contains("a\n  b");
        assertThat(html("*a*\nb")).contains("<em>a</em><br>b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=\"https://evil.example/x.png\">",
                "![x](https://evil.example/x.png)",
                "[x](https://evil.example/\"onclick=\"alert(1))",
                "[x](<https://evil.example/\" style=\"x>)",
                "[x](https://evil.example \"title\\\" onclick=x\")",
                "```\" onclick=\"x\ny\n```",
                "<a href=\"javascript:alert(1)\">x</a>",
                "[x](data:text/html;base64,PHNjcmlwdD4=)",
                "<style>*{display:none}</style>",
                "<!-- x -->",
                "</div></body>",
                "| <script> | ![](//evil.example/x) |\n|---|---|"
            })
    void writesNothingElse(String markdown) {
        assertSafe(html(markdown));
        assertSafe(html("*x* " + markdown));
    }

    @Test
    void writesNothingElseOfAnyText() {
        MarkdownStrings.some(4000).forEach(markdown -> assertSafe(html(markdown)));
    }

    static Stream<String> huge() {
        return MarkdownStrings.huge();
    }

    @ParameterizedTest
    @MethodSource("huge")
    @Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void takesAnyMessageInAMoment(String text) {
        assertThat(html(text)).hasSizeLessThan(500_000).doesNotContain("<script");
    }

    /** Known elements, each closed in its turn, with {@code href}, {@code style} and {@code start} alone. */
    private static void assertSafe(String html) {
        Deque<String> open = new ArrayDeque<>();
        Matcher tags = TAG.matcher(html);
        StringBuilder text = new StringBuilder();
        while (tags.find()) {
            tags.appendReplacement(text, "");
            String tag = tags.group(1);
            if (tag.startsWith("/")) {
                assertThat(open.pop()).as(html).isEqualTo(tag.substring(1));
                continue;
            }
            Matcher element = ELEMENT.matcher(tag);
            assertThat(element.matches()).as(tag).isTrue();
            assertThat(element.group(1)).isIn(ELEMENTS);
            if (!EMPTY.contains(element.group(1))) {
                open.push(element.group(1));
            }
            ATTRIBUTE.matcher(element.group(2)).results().forEach(attribute -> {
                String value = attribute.group(2);
                switch (attribute.group(1)) {
                    case "href" -> assertThat(value).matches("https?://[^\\s\"<>]+");
                    case "style" ->
                        assertThat(value).matches("[A-Za-z0-9#%.,:;/()' -]+").doesNotContain("url", "//");
                    case "start" -> assertThat(value).matches("\\d{1,9}");
                    default -> throw new AssertionError(tag);
                }
            });
        }
        tags.appendTail(text);
        assertThat(open).as(html).isEmpty();
        assertThat(text.toString()).as(html).doesNotContain("<", ">", "\"").doesNotContainPattern("[\u202E\uFEFF]");
        assertThat(text.toString().replaceAll("&(amp|lt|gt|quot|#39);", ""))
                .as(html)
                .doesNotContain("&");
    }

    private static String html(String markdown) {
        return MarkdownHtml.of(Markdown.of(Untrusted.lines(markdown)));
    }
}
