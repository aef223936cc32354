package org.manusroutes.webhook;

/** Carries a {@link Refusal} out of the checks of an entrance; made for control flow, so it has no stack trace. */
public final class RefusedException extends Exception {
    private final Refusal refusal;

    /** @param detail what was found, for the log; never shown to the caller */
    public RefusedException(Refusal refusal, String detail) {
        super(detail, null, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
