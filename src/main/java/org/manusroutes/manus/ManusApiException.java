package org.manusroutes.manus;

import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.Explained;

/** The Manus API refused a call or could not be reached; the message is one sentence for people. */
public class ManusApiException extends RuntimeException implements Explained {
    /** No answer came: {@link #status()} of a call that did not get through. */
    public static final int NO_ANSWER = 0;

    static final String NO_ANSWER_CODE = "no_answer";
    static final String UNREADABLE_CODE = "unreadable";
    private static final String NOT_IN_V1 = "not_in_v1";
    private static final String LIMIT_USED_UP = "limit_used_up";

    private final int status;
    private final @Nullable String code;
    private final @Nullable String requestId;

    ManusApiException(
            int status, @Nullable String code, @Nullable String requestId, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.code = code;
        this.requestId = requestId;
    }

    static ManusApiException notInV1(String call) {
        return new ManusApiException(
                NO_ANSWER, NOT_IN_V1, null, "the Manus API v1 has no " + call + ": set manus.api.version to v2", null);
    }

    /** The calls that the API allows a minute are made; this one was not. */
    static ManusApiException limitUsedUp() {
        return new ManusApiException(
                429,
                LIMIT_USED_UP,
                null,
                "the calls of the Manus API that are allowed a minute are used up (docs/manus-api.md, Limits)",
                null);
    }

    /** HTTP status, or {@link #NO_ANSWER}. */
    public int status() {
        return status;
    }

    /** The API's own word for what is wrong, for example {@code rate_limited}. */
    public @Nullable String code() {
        return code;
    }

    /** What the vendor's support asks for. */
    public @Nullable String requestId() {
        return requestId;
    }

    public boolean isNotFound() {
        return status == 404;
    }

    public boolean isRateLimited() {
        return status == 429;
    }

    /** Whether the call was not even made, because its turn has not come. */
    public boolean isLimitUsedUp() {
        return LIMIT_USED_UP.equals(code);
    }

    /** Whether a call that changes something may have done so: it was sent, and no usable answer came. */
    public boolean isUnknownOutcome() {
        return status >= 500 || NO_ANSWER_CODE.equals(code) || UNREADABLE_CODE.equals(code);
    }

    /** Whether the call exists in v2 only, and v1 is set. */
    public boolean isNotInV1() {
        return NOT_IN_V1.equals(code);
    }

    /** Whether the same call may succeed in a while without anybody doing something. */
    public boolean isPassing() {
        return isRateLimited() || status >= 500 || NO_ANSWER_CODE.equals(code);
    }
}
