package org.manusroutes.webhook;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A way in from outside. The bodies of its requests are collected without a thread that waits for them, so that senders
 * who never finish hold up nobody; each bean of this type is one.
 */
public interface Entrance {
    /** Whether a request with this path, as it came, is for it. */
    boolean isAt(String path);

    /** Bytes. */
    int maxBody();

    /**
     * Looks at all but the body.
     *
     * @throws RefusedException when the request is refused whatever its body is
     */
    void checkBeforeTheBody(HttpServletRequest request) throws RefusedException;

    /** For {@link #checkBeforeTheBody}: a body that says that it is too large. */
    default void checkAnnouncedSize(HttpServletRequest request) throws RefusedException {
        if (request.getContentLengthLong() > maxBody()) {
            throw new RefusedException(
                    Refusal.TOO_LARGE,
                    "Content-Length is " + request.getContentLengthLong() + " bytes, the limit is " + maxBody());
        }
    }

    /** For {@link #checkBeforeTheBody}: a body that is no form. */
    static void checkForm(HttpServletRequest request) throws RefusedException {
        String type = Objects.requireNonNullElse(request.getContentType(), "");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            throw new RefusedException(Refusal.NOT_A_FORM, "Content-Type is " + type);
        }
    }

    /** Why a request is refused whatever its body is; null when that depends on the body. */
    default @Nullable RefusedException refusalBeforeTheBody(HttpServletRequest request) {
        try {
            checkBeforeTheBody(request);
            return null;
        } catch (RefusedException e) {
            return e;
        }
    }

    /**
     * The body of a request that came this way.
     *
     * @return null when the request came another way
     * @throws RefusedException when it was refused, or its body did not come
     */
    static byte @Nullable [] body(HttpServletRequest request) throws RefusedException {
        if (request.getAttribute(BodyFilter.REFUSED) instanceof RefusedException refused) {
            throw refused;
        }
        return (byte[]) request.getAttribute(BodyFilter.BODY);
    }
}
