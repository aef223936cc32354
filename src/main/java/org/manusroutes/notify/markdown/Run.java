package org.manusroutes.notify.markdown;

import org.jspecify.annotations.Nullable;

/**
 * A part of a line that looks the same throughout; clean and unescaped, without line ends.
 *
 * @param url where it leads, fit for people to click on, see {@link org.manusroutes.text.WebLink}
 */
public record Run(
        String text,
        boolean bold,
        boolean italic,
        boolean struck,
        boolean code,
        @Nullable String url) {
    static final Run PLAIN = new Run("", false, false, false, false, null);

    Run withText(String other) {
        return new Run(other, bold, italic, struck, code, url);
    }

    Run withBold() {
        return new Run(text, true, italic, struck, code, url);
    }

    Run withItalic() {
        return new Run(text, bold, true, struck, code, url);
    }

    Run withStrike() {
        return new Run(text, bold, italic, true, code, url);
    }

    Run asCode() {
        return new Run(text, bold, italic, struck, true, url);
    }

    Run to(String address) {
        return new Run(text, bold, italic, struck, code, address);
    }
}
