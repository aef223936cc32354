package org.manusroutes.webhook;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers 503 while the routes are not up yet, or are going down. Tomcat listens before Camel has started its routes;
 * without this the first deliveries after a start get 404, and nobody promises that Manus tries again.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class OpeningHours extends OncePerRequestFilter {
    private final ApplicationAvailability availability;
    private final String path;

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
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", Answers.RETRY_AFTER);
        response.setHeader("Connection", "close");
        response.setContentType("application/json");
        response.getWriter().write("{\"error\":\"the receiver is starting or stopping\"}");
    }
}
