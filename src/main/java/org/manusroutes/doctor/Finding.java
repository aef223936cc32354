package org.manusroutes.doctor;

import org.jspecify.annotations.Nullable;
import org.manusroutes.text.Secrets;
import org.manusroutes.text.Untrusted;

/**
 * What was found of one thing.
 *
 * @param name of the thing, in a word or two
 * @param found one line, without secrets
 * @param mend what to do, with the name of the setting; null when there is nothing to do
 */
public record Finding(
        String name, Level level, String found, @Nullable String mend) {
    /** How much it matters; the names are printed as they are. */
    public enum Level {
        OK("ok"),
        OFF("off"),
        WARN("warn"),
        FAIL("FAIL");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public Finding {
        found = Secrets.masked(Untrusted.line(found));
        mend = mend == null ? null : Secrets.masked(Untrusted.line(mend));
    }

    public static Finding ok(String name, String found) {
        return new Finding(name, Level.OK, found, null);
    }

    /** Not in use, which is no fault. */
    public static Finding off(String name, String found) {
        return new Finding(name, Level.OFF, found, null);
    }

    public static Finding warn(String name, String found, String mend) {
        return new Finding(name, Level.WARN, found, mend);
    }

    public static Finding fail(String name, String found, String mend) {
        return new Finding(name, Level.FAIL, found, mend);
    }

    public boolean isFailure() {
        return level == Level.FAIL;
    }
}
