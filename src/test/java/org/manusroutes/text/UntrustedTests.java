package org.manusroutes.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class UntrustedTests {
    private static final Pattern LINE_END = Pattern.compile("\r\n?|[\u0085\u2028\u2029]");
    private static final Pattern UNWANTED =
            Pattern.compile("[\\p{Cc}&&[^\t\n]]|\\p{Cs}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]");
    private static final Pattern BLANK = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern EMPTY_LINES = Pattern.compile("\n[ \t\n]*\n");
    private static final String LETTERS =
            "ab  \t\t\n\n\n\r\r\u0000\u0007\u0085\u00A0\u2003\u2028\u2029\u200E\u202E\u2066\uFEFF\uD83D\uDE00\uDE00";

    /** What each rule says, in the words of regular expressions, which are too slow for each event. */
    @Test
    void doesWhatTheRulesSay() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            String lines =
                    UNWANTED.matcher(LINE_END.matcher(text).replaceAll("\n")).replaceAll("");
            lines = EMPTY_LINES.matcher(lines).replaceAll("\n\n").strip();
            assertThat(Untrusted.lines(text)).as("%s", text).isEqualTo(lines);
            assertThat(Untrusted.line(text))
                    .as("%s", text)
                    .isEqualTo(BLANK.matcher(lines).replaceAll(" ").strip());
        }
    }

    /** Each line end looked back over all blanks before it, and this would not end. */
    @Test
    void takesABodyFullOfBlanks() {
        String blanks = " ".repeat(1_000_000);
        assertThat(Untrusted.lines("a" + blanks + "\n".repeat(1_000_000) + "b")).isEqualTo("a" + blanks + "\n\nb");
    }
}
