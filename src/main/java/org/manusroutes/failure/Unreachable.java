package org.manusroutes.failure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Another server did not answer, told with its name: the JDK's own words are "Connection refused", by whomever. */
public class Unreachable extends IOException implements Explained {
    private Unreachable(String reason, Throwable cause) {
        super(reason, cause);
    }

    /**
     * That a server did not answer.
     *
     * @param server host, or host and port, as people know it
     * @param failure which may be wrapped
     * @return empty when it says something else than that no answer came
     */
    public static Optional<Unreachable> of(String server, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String what = what(cause);
            if (what != null) {
                return Optional.of(new Unreachable(server + " " + what, failure));
            }
        }
        return Optional.empty();
    }

    private static @Nullable String what(Throwable cause) {
        String message = Objects.requireNonNullElse(cause.getMessage(), "no reason given");
        if (cause instanceof UnknownHostException) {
            return "has no address: the host is unknown here";
        }
        if (cause instanceof SocketTimeoutException || message.contains("timed out")) {
            return "did not answer in time";
        }
        if (cause instanceof ConnectException) {
            return "refused the connection";
        }
        if (cause instanceof NoRouteToHostException) {
            return "cannot be reached: no route to it";
        }
        if (cause instanceof SSLException) {
            return "and this node did not agree on TLS: " + message;
        }
        return null;
    }
}
