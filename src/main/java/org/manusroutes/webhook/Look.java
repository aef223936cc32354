package org.manusroutes.webhook;

import org.jspecify.annotations.Nullable;
import org.manusroutes.text.Secrets;
import org.manusroutes.text.Untrusted;

/**
 * What is seen at a public URL from here.
 *
 * @param found one line
 * @param mend what to do; null when all is well
 */
public record Look(Kind kind, String found, @Nullable String mend) {
    /** How certain it is. */
    public enum Kind {
        /** This receiver answers, and Manus can come to it as far as can be seen from here. */
        GOOD,
        /** Nobody answers; a host may not be reachable from within its own network, and still be from outside. */
        UNCERTAIN,
        /** Deliveries cannot arrive. */
        WRONG
    }

    public Look {
        found = Secrets.masked(Untrusted.line(found));
        mend = mend == null ? null : Secrets.masked(Untrusted.line(mend));
    }

    static Look good(String found) {
        return new Look(Kind.GOOD, found, null);
    }

    static Look uncertain(String found, String mend) {
        return new Look(Kind.UNCERTAIN, found, mend);
    }

    static Look wrong(String found, String mend) {
        return new Look(Kind.WRONG, found, mend);
    }

    public boolean isGood() {
        return kind == Kind.GOOD;
    }

    public boolean isWrong() {
        return kind == Kind.WRONG;
    }

    /** Both in one line. */
    public String sentence() {
        return mend == null ? found : found + ": " + mend;
    }
}
