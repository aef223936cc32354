package org.manusroutes.notify.markdown;

import org.manusroutes.text.Untrusted;

/** How wide a text is in letters of one width: Chinese, Japanese and Korean ones and emoji take two columns. */
final class Columns {
    private Columns() {}

    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = Character.isIdeographic(codePoint)
                || (codePoint >= 0x1100 && codePoint <= 0x115F)
                || (codePoint >= 0x3000 && codePoint <= 0x30FF)
                || (codePoint >= 0xAC00 && codePoint <= 0xD7A3)
                || (codePoint >= 0xFF01 && codePoint <= 0xFF60)
                || (codePoint >= 0x1F300 && codePoint <= 0x1FAFF);
        return wide ? 2 : 1;
    }

    /** Cut or filled up with blanks to exactly so many columns. */
    static String fit(String text, int columns, boolean right) {
        String cut = cut(text, columns);
        String blanks = " ".repeat(Math.max(0, columns - width(cut)));
        return right ? blanks + cut : cut + blanks;
    }

    /** At most so many columns, the last one an ellipsis when it is cut. */
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int next = text.codePointAt(end);
            if (used + width(next) > columns - 1) {
                break;
            }
            used += width(next);
            end += Character.charCount(next);
        }
        return text.substring(0, end).stripTrailing() + Untrusted.ELLIPSIS;
    }
}
