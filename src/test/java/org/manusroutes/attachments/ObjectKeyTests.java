package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTests {
    private static final String EVENT = "task_stopped_EFyyM466LvHRFtJRHvhHBN_1763506696";

    @Test
    void readsLikeTheEventThatItComesFrom() {
        assertThat(key("EFyyM466LvHRFtJRHvhHBN", EVENT, 1, "report.pdf"))
                .isEqualTo("manus/EFyyM466LvHRFtJRHvhHBN/" + EVENT + "/01-report.pdf");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
                    report.pdf|report.pdf
                    ../../etc/passwd|etc_passwd
                    a/b|a_b
                    a\\b.txt|a_b.txt
                    ''|file
                    ' '|file
                    .|file
                    ..|file
                    .bashrc|bashrc
                    Q3 report (final).docx|Q3_report_final.docx
                    🎉.png|file.png
                    🎉 party.png|party.png
                    Übersicht.csv|Übersicht.csv
                    报告 2026.pdf|报告_2026.pdf
                    हिन्दी.txt|हिन्दी.txt
                    archive.tar.gz|archive.tar.gz
                    no-extension|no-extension
                    ${body}.txt|body.txt
                    $simple{bodyAs(String)}|simple_bodyAs_String
                    a?b&c=d#e%2F.html|a_b_c_d_e_2F.html
                    a...b.txt|a.b.txt
                    trailing.|trailing
                    """)
    void keepsWhatIsReadableOfAName(String name, String safe) {
        assertThat(ObjectKey.safeName(name)).isEqualTo(safe);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two\nlines.txt",
                "two\r\nlines.txt",
                "two\u2028lines.txt",
                "two\0lines.txt",
                "two\u202elines.txt"
            })
    void leavesNoControlCharacter(String name) {
        assertThat(ObjectKey.safeName(name)).isEqualTo("two_lines.txt");
    }

    @Test
    void composesWhatAMacDecomposes() {
        assertThat(ObjectKey.safeName("U\u0308bersicht.csv")).isEqualTo("\u00dcbersicht.csv");
    }

    @Test
    void replacesHalfOfASurrogatePair() {
        assertThat(ObjectKey.safeName("a\ud83cb.txt")).isEqualTo("a_b.txt");
    }

    @Test
    void keepsTheExtensionOfANameOf300Characters() {
        assertThat(ObjectKey.safeName("x".repeat(300) + ".xlsx"))
                .hasSize(200)
                .startsWith("xxx")
                .endsWith(".xlsx");
    }

    @Test
    void cutsBetweenCodePoints() {
        String name = ObjectKey.safeName("𠮷".repeat(300) + ".txt");

        assertThat(name).matches("(𠮷){49}\\.txt");
    }

    @Test
    void staysUnder1024BytesWhateverComes() {
        String hostile = "\ud842\udfb7/".repeat(2000);
        String key = ObjectKey.of("p".repeat(200), new Attachment(hostile, hostile, 123456, 1, 1, hostile, null, null));

        assertThat(key.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
        assertThat(key.chars().filter(c -> c == '/')).hasSize(3);
    }

    @Test
    void namesTheSameFileTheSameEachTime() {
        assertThat(key("t", EVENT, 2, "a b.txt")).isEqualTo(key("t", EVENT, 2, "a b.txt"));
    }

    @Test
    void tellsApartFilesOfOneName() {
        assertThat(IntStream.rangeClosed(1, 120).mapToObj(position -> key("t", EVENT, position, "a.txt")))
                .doesNotHaveDuplicates()
                .contains("manus/t/" + EVENT + "/01-a.txt", "manus/t/" + EVENT + "/120-a.txt");
    }

    @Test
    void tellsApartEventsWhoseKeysDifferInWhatCannotStay() {
        assertThat(key("t", "e#0123456789ab", 1, "a"))
                .startsWith("manus/t/e_0123456789ab-")
                .isNotEqualTo(key("t", "e/0123456789ab", 1, "a"))
                .isNotEqualTo(key("t", "e_0123456789ab", 1, "a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../root", "..", ".", "", "a/../../b", "${camelContext}", "\n"})
    void keepsAHostileTaskInItsPlace(String taskId) {
        assertThat(key(taskId, EVENT, 1, "a.txt")).matches("manus/(?!\\.)[A-Za-z0-9._-]+/" + EVENT + "/01-a\\.txt");
    }

    @Test
    void needsNoPrefix() {
        Attachment attachment = new Attachment("t", "e", 1, 1, 1, "a.txt", null, null);

        assertThat(ObjectKey.of("", attachment)).isEqualTo("t/e/01-a.txt");
        assertThat(ObjectKey.of("/a/b/", attachment)).isEqualTo("a/b/t/e/01-a.txt");
    }

    private static String key(String taskId, String eventKey, int position, String name) {
        return ObjectKey.of("manus", new Attachment(taskId, eventKey, position, 1, 1, name, null, null));
    }
}
