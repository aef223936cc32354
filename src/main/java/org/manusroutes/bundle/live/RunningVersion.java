package org.manusroutes.bundle.live;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.EngineContract;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteFile;
import org.manusroutes.bundle.camel.BundleBeans;
import org.manusroutes.bundle.camel.BundleContext;
import org.manusroutes.event.EventVariables;
import org.springframework.context.ApplicationContext;
import org.springframework.stereotype.Component;

/**
 * A version of the bundle that runs, in a Camel context of its own. An event runs wholly in the version it began with:
 * a version that is retired stops when the last event has left it.
 */
final class RunningVersion {
    private final Bundle bundle;
    private final DefaultCamelContext camel;
    private final AsyncProducer entry;
    /** Routes that begin by themselves, by a timer or from a queue. */
    private final List<String> selfStarting = new ArrayList<>();

    private volatile long number;
    private int inside;
    private boolean retired;

    private RunningVersion(Bundle bundle, DefaultCamelContext camel) throws Exception {
        this.bundle = bundle;
        this.camel = camel;
        BundleContext.load(camel, bundle);
        for (RouteDefinition route : List.copyOf(camel.getRouteDefinitions())) {
            if ("false".equals(route.getAutoStartup())) {
                continue;
            }
            Endpoint from = camel.getEndpoint(route.getEndpointUrl());
            if (from instanceof DirectEndpoint) {
                camel.getRouteController().startRoute(route.getId());
            } else {
                selfStarting.add(route.getId());
            }
        }
        this.entry = camel.getEndpoint("direct:" + EngineContract.ENTRY).createAsyncProducer();
        this.entry.start();
    }

    /** Starts versions of the bundle. */
    @Component
    static final class Factory {
        private final ApplicationContext spring;
        private final StepMetrics metrics;

        Factory(ApplicationContext spring, MeterRegistry meters) {
            this.spring = spring;
            this.metrics = new StepMetrics(meters);
        }

        /**
         * Starts all routes that wait to be called.
         *
         * @param ranBefore whether what is sent to may be away: it is connected to by the first event, which fails and
         *     is tried again, instead of now
         * @throws Exception when Camel does not take the bundle; nothing of it runs then
         */
        RunningVersion start(Bundle bundle, boolean ranBefore) throws Exception {
            DefaultCamelContext camel =
                    BundleContext.create(spring, new BundleBeans(spring), "bundle-" + bundle.shortHash());
            try {
                metrics.watch(camel);
                camel.setAutoStartup(false);
                camel.getGlobalEndpointConfiguration().setLazyStartProducer(ranBefore);
                camel.start();
                return new RunningVersion(bundle, camel);
            } catch (Throwable e) {
                camel.stop();
                throw e;
            }
        }
    }

    Bundle bundle() {
        return bundle;
    }

    long number() {
        return number;
    }

    void setNumber(long number) {
        this.number = number;
    }

    int routes() {
        return camel.getRoutesSize();
    }

    /** Whether it has a route of this name that begins by itself. */
    boolean beginsBy(String route) {
        return selfStarting.contains(route);
    }

    /**
     * Starts the routes that begin by themselves, those of them that do not run yet.
     *
     * @return why some have not started
     */
    List<Problem> startSelfStarting(TimeLimit limit, Predicate<String> which) throws InterruptedException {
        List<Problem> failures = new ArrayList<>();
        for (String route : selfStarting) {
            if (!which.test(route)
                    || camel.getRouteController().getRouteStatus(route).isStarted()) {
                continue;
            }
            try {
                limit.run("start of " + route, () -> camel.getRouteController().startRoute(route));
            } catch (InterruptedException e) {
                throw e;
            } catch (Throwable e) {
                failures.add(StartFailure.of(e, route + RouteFile.SUFFIX));
            }
        }
        return failures;
    }

    void stopSelfStarting() throws Exception {
        for (String route : selfStarting) {
            camel.getRouteController().stopRoute(route);
        }
    }

    /** Whether an event may begin here: not once this version was retired and has ended. */
    synchronized boolean enter() {
        if (retired && inside == 0) {
            return false;
        }
        inside++;
        return true;
    }

    synchronized void leave() {
        inside--;
        stopWhenEmpty();
    }

    /** No event begins here any more; those that have begun run to their end. */
    synchronized void retire() {
        retired = true;
        stopWhenEmpty();
    }

    private void stopWhenEmpty() {
        if (retired && inside == 0) {
            // on a thread of its own: a connection may take its time to close
            Thread thread = new Thread(camel::stop, "routes-end-of-" + number);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** At the end of the application: what still runs has been waited for by those who claimed it. */
    void stop() {
        camel.getShutdownStrategy().setTimeout(1);
        camel.stop();
    }

    /** Runs an event on this thread; how that ended is said by the exchange's exception. */
    void process(Exchange exchange) throws Exception {
        exchange.setVariable(EventVariables.BUNDLE_VERSION, number);
        Exchange here = entry.getEndpoint().createExchange();
        here.getIn().setBody(exchange.getMessage().getBody());
        exchange.getVariables().forEach(here::setVariable);
        exchange.getProperties().forEach(here::setProperty);
        entry.process(here);
        exchange.setException(here.getException());
    }
}
