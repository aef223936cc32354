package org.manusroutes.manus;

/** Refusals of the API, for stand-ins that are not reached by HTTP. */
public final class Refusals {
    private Refusals() {}

    public static ManusApiException of(int status, String code) {
        return new ManusApiException(status, code, "req_1", "the Manus API answered " + status + " " + code, null);
    }
}
