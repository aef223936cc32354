package org.manusroutes.webhook;

/** Carries a {@link Refusal} out of the door's checks; made for control flow, so it has no stack trace. */
final class RefusedException extends Exception {
    private final Refusal refusal;

    /** @param detail what was found, for the log; never shown to the caller */
    RefusedException(Refusal refusal, String detail) {
        super(detail, null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
