package org.manusroutes.notify.markdown;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Random texts out of what means something in Markdown, in HTML or on Slack; the same ones each time. */
public final class MarkdownStrings {
    private static final List<String> PIECES = List.of(
            "*",
            "**",
            "***",
            "_",
            "__",
            "~",
            "~~",
            "`",
            "``",
            "```",
            "````",
            "~~~",
            "\n",
            "\n\n",
            "\n    ",
            "\n> ",
            "> ",
            "\n- ",
            "\n* ",
            "\n1. ",
            "\n7) ",
            "# ",
            "\n## ",
            "\n---\n",
            "\n===\n",
            "|",
            "\n|",
            "\n|---|---|\n",
            "\n|:-:|--:|\n",
            "[",
            "]",
            "(",
            ")",
            "](",
            "![",
            "](https://manus.im/a)",
            "](https://evil.example/?a=1&b=2)",
            "](javascript:alert(1))",
            "](data:text/html,x)",
            "\n[r]: https://evil.example\n",
            "[r]",
            "<",
            ">",
            "&",
            "\"",
            "'",
            "<!channel>",
            "<!here|x>",
            "<@U012AB3CD>",
            "<#C012AB3CD>",
            "<https://evil.example|manus.im>",
            "<https://manus.im>",
            "https://manus.im/x",
            "www.evil.example",
            "a@evil.example",
            "<script>",
            "</script>",
            "<img src=https://evil.example/x.png onerror=alert(1)>",
            "<!--",
            "-->",
            "<![CDATA[",
            "<?",
            "?>",
            "<div>",
            "\n<div onclick=x>\n",
            "&lt;!channel&gt;",
            "&#x202E;",
            "&#10;",
            "&#96;&#96;&#96;",
            "&#0;",
            "&amp;",
            "&colon;",
            "\\",
            "\\*",
            "\\`",
            "\\|",
            "\u200B",
            "\u200D",
            "\u2060",
            "\u202E",
            "\uFEFF",
            "\t",
            "  ",
            " ",
            "  \n",
            "a",
            "word",
            "1",
            "2 * 3",
            "snake_case",
            "\u4E2D\u6587",
            "\uD83D\uDE00",
            "e\u0301",
            "manus.im",
            "report.pdf",
            ":x:");

    private MarkdownStrings() {}

    public static Stream<String> some(int number) {
        Random random = new Random(4711);
        return Stream.generate(() -> {
                    StringBuilder text = new StringBuilder();
                    int pieces = 1 + random.nextInt(random.nextInt(8) == 0 ? 400 : 25);
                    for (int i = 0; i < pieces; i++) {
                        text.append(PIECES.get(random.nextInt(PIECES.size())));
                    }
                    return text.toString();
                })
                .limit(number);
    }

    /** What takes long, or much memory, where nobody thought of it. */
    public static Stream<String> huge() {
        return Stream.of(
                "*".repeat(10_000),
                "*a ".repeat(10_000),
                "**a *".repeat(10_000),
                "_a ".repeat(300_000),
                "[".repeat(1_000_000),
                "[a](".repeat(250_000),
                "![".repeat(500_000),
                "`".repeat(1_000_000),
                "`a``b```c".repeat(100_000),
                ">".repeat(1_000_000),
                "> ".repeat(1000) + "a\n".repeat(100_000),
                "- ".repeat(500_000),
                "- a\n\n".repeat(200_000),
                "1. ".repeat(300_000),
                "<".repeat(1_000_000),
                "<a ".repeat(300_000),
                "<!-- ".repeat(200_000),
                "&".repeat(1_000_000),
                "&#x202E;".repeat(100_000),
                "|".repeat(1_000_000),
                "|a".repeat(2500) + "\n" + "|-".repeat(2500) + "\n" + "|\n".repeat(100_000),
                "|a".repeat(20) + "|\n" + "|-".repeat(20) + "|\n" + "|\n".repeat(100_000),
                "~~a".repeat(300_000),
                "\\".repeat(1_000_000),
                "https://a.b/".repeat(80_000),
                "[a](http://b)".repeat(80_000),
                ("[" + "a".repeat(900) + "](http://b)").repeat(1000),
                "a@b.c ".repeat(150_000),
                "[a]: b\n".repeat(150_000),
                "# a\n".repeat(250_000),
                "```\n".repeat(250_000),
                "a".repeat(1_000_000),
                "a\n".repeat(500_000));
    }
}
