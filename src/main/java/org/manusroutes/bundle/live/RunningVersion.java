package org.manusroutes.bundle.live;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
import org.manusroutes.bundle.camel.FileBeans;
import org.manusroutes.event.EventVariables;

/**
 * A version of the bundle that runs, in a Camel context of its own. An event runs wholly in the version it began with:
 * a version that is retired stops when the last event has left it.
 */
final class RunningVersion {
    private final Bundle bundle;
    private final DefaultCamelContext camel;
    private final FileBeans beans;
    private final AsyncProducer entry;
    /** Routes that begin by themselves, by a timer or from a queue. */
    private final List<String> selfStarting = new ArrayList<>();
    /** Those of them that one node at a time runs. */
    private final Set<String> exclusive = new LinkedHashSet<>();

    private final RouteLeases leases;

    private volatile long number;
    private int inside;
    private boolean retired;

    /** Starts the routes that wait to be called; whoever calls it ends what was started when one does not. */
    RunningVersion(Bundle bundle, DefaultCamelContext camel, FileBeans beans, RouteLeases leases) throws Exception {
        this.leases = leases;
        this.bundle = bundle;
        this.camel = camel;
        this.beans = beans;
        for (RouteDefinition route : List.copyOf(camel.getRouteDefinitions())) {
            if ("false".equals(route.getAutoStartup())) {
                continue;
            }
            Endpoint from = camel.getEndpoint(route.getEndpointUrl());
            if (from instanceof DirectEndpoint) {
                camel.getRouteController().startRoute(route.getId());
            } else {
                selfStarting.add(route.getId());
                if (OneNode.isPolicyOf(route)) {
                    exclusive.add(route.getId());
                }
            }
        }
        this.entry = camel.getEndpoint("direct:" + EngineContract.ENTRY).createAsyncProducer();
        this.entry.start();
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
            if (!which.test(route) || isStarted(route) || (exclusive.contains(route) && !leases.holds(route))) {
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

    private boolean isStarted(String route) {
        return camel.getRouteController().getRouteStatus(route).isStarted();
    }

    /** Names of the routes that one node at a time runs. */
    Set<String> exclusive() {
        return exclusive;
    }

    /** Whether this node may run one of those, and does not. */
    boolean mayStartMore() {
        return exclusive.stream().anyMatch(route -> leases.holds(route) && !isStarted(route));
    }

    /** Stops those of them that another node may run now. */
    void stopWhatIsNotHeld() throws Exception {
        for (String route : exclusive) {
            if (!leases.holds(route) && isStarted(route)) {
                camel.getRouteController().stopRoute(route);
            }
        }
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
            Thread thread = new Thread(this::end, "routes-end-of-" + number);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** At the end of the application: what still runs has been waited for by those who claimed it. */
    void stop() {
        camel.getShutdownStrategy().setTimeout(1);
        end();
    }

    private void end() {
        camel.stop();
        beans.close();
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
