package org.manusroutes.webhook;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 while the routes are not up yet, or are going down. Tomcat listens before Camel has started its routes;
 * without this the first deliveries after a start get 404, and nobody promises that Manus tries again.
 *
 * <p>When a port closes, connections that wait to be accepted are reset. So at the end the answers are held back until
 * the port has closed: a sender that waits for its 503 opens no further connection meanwhile, and its next one is
 * refused.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OpeningHours extends OncePerRequestFilter {
    /** From the last event that was taken until the port closes; then all senders wait for an answer. */
    private static final Duration BEFORE_PORT_CLOSES = Duration.ofMillis(300);
    /** Long enough for the port to close, short against a sender's ten seconds. */
    private static final Duration ANSWERS_HELD_BACK = Duration.ofSeconds(1);

    private final ApplicationAvailability availability;
    private final String path;
    /** Opened by nobody: a wait that ends by its time-out. */
    private final CountDownLatch never = new CountDownLatch(1);

    private volatile long closingSince;

    OpeningHours(ApplicationAvailability availability, WebhookProperties properties) {
        this.availability = availability;
        this.path = properties.path();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                || !request.getRequestURI().equals(path);
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
        response.getWriter().write("{\"error\":\"the receiver is starting or stopping\"}");
    }

    /** The first thing to happen when the application closes; readiness has been withdrawn just before. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void closing(ContextClosedEvent closed) {
        if (closingSince == 0) { // a management port of its own closes a context of its own, and says so here too
            closingSince = System.nanoTime();
            pause(BEFORE_PORT_CLOSES.toNanos());
        }
    }

    private void pause(long nanos) {
        try {
            never.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
