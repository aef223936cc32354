package org.manusroutes.failure;

import org.jspecify.annotations.Nullable;

/**
 * A setting or an account is wrong: a login that is refused, a bucket that is not there. The event is tried again by
 * the schedule, because that can be put right; the operators are told at once, because nobody else can.
 */
public class ConfigurationFailure extends RuntimeException implements Explained {
    /** @param reason what people read: what was refused, by whom, and which key to look at */
    public ConfigurationFailure(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
