package org.manusroutes.webhook;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets deliveries in while the door is open, and answers 503 before and after that.
 *
 * <p>When a port closes, connections that wait to be accepted are reset. So at the end the answers are held back until
 * the port has closed: a sender that waits for its 503 opens no further connection meanwhile, and its next one is
 * refused.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class ReadinessFilter extends OncePerRequestFilter {
    /** What senders are told meanwhile. */
    static final String NOT_READY = "the receiver is starting or stopping";

    /** From the last event that was taken until the port closes; then all senders wait for an answer. */
    private static final Duration BEFORE_PORT_CLOSES = Duration.ofMillis(300);
    /** Long enough for the port to close, short against a sender's ten seconds. */
    private static final Duration ANSWERS_HELD_BACK = Duration.ofSeconds(1);

    private final String path;
    /** Opened by nobody: a wait that ends by its time-out. */
    private final CountDownLatch never = new CountDownLatch(1);

    private volatile boolean open;
    private volatile long closingSince;

    ReadinessFilter(WebhookProperties properties) {
        this.path = properties.path();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return open || !request.getRequestURI().equals(path);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (closingSince != 0) {
            pause(ANSWERS_HELD_BACK.toNanos() - (System.nanoTime() - closingSince));
        }
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", Answers.RETRY_AFTER);
        response.setHeader("Connection", "close");
        response.setContentType("application/json");
        response.getWriter().write("{\"error\":\"" + NOT_READY + "\"}");
    }

    /** From now on deliveries are taken. */
    public void open() {
        open = true;
    }

    /** No more deliveries are taken; returns when the senders have had time to come for their answer. */
    public void close() {
        closingSince = System.nanoTime();
        open = false;
        pause(BEFORE_PORT_CLOSES.toNanos());
    }

    private void pause(long nanos) {
        try {
            never.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
