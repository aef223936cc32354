package org.manusroutes.webhook;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Runs a platform-http route on the request's own thread, with the untouched request as the body.
 *
 * <p>Camel 4.18's own consumer hands each request to an executor and lets Spring MVC dispatch it a second time; it also
 * reads the whole body and copies all headers before the route has said a word. Here the route reads, as much as it
 * wants, and no header of the sender's ever reaches the exchange.
 */
final class CallingThreadEngine extends SpringBootPlatformHttpEngine {
    CallingThreadEngine(int port) {
        super(port);
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new Consumer(endpoint, processor);
    }

    private static final class Consumer extends SpringBootPlatformHttpConsumer {
        Consumer(PlatformHttpEndpoint endpoint, Processor processor) {
            super(endpoint, processor, Runnable::run);
        }

        /** Answers before it returns; null tells Spring MVC so. */
        @Override
        @SuppressWarnings("NullAway") // Camel's signature does not say that null is welcome
        public @Nullable CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
            try {
                handleService(request, response);
            } catch (Exception e) {
                getExceptionHandler().handleException("Could not answer a delivery", e);
                if (!response.isCommitted()) {
                    response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
                }
            }
            return null;
        }

        @Override
        protected void handleService(HttpServletRequest request, HttpServletResponse response) throws Exception {
            Exchange exchange = createExchange(false);
            exchange.setPattern(ExchangePattern.InOut);
            exchange.getIn().setBody(request);
            createUoW(exchange);
            try {
                getProcessor().process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            } finally {
                afterProcess(response, exchange);
            }
        }
    }
}
