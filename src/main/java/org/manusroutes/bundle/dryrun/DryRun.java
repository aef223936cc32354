package org.manusroutes.bundle.dryrun;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.EngineContract;
import org.manusroutes.bundle.camel.BundleContext;
import org.manusroutes.bundle.camel.FileBeans;
import org.manusroutes.event.EventVariables;
import org.springframework.context.ApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/**
 * Runs events through a bundle and sends nothing: what reaches outside is noted instead. Endpoints other than those
 * within the bundle are replaced, ledgers are empty, and a step that calls a bean is skipped unless the bean has a
 * dry-run stub. Expressions are evaluated: what they call must only look.
 *
 * <p>Not for several threads.
 */
public final class DryRun implements AutoCloseable {
    private static final String TRACE = "manusDryRun";
    private static final String STEP = "manusDryRunStep";

    private final DryRunBeans beans;
    private final DefaultCamelContext camel;
    private final FileBeans fileBeans;
    private final ProducerTemplate producer;

    /**
     * @param offline without the database: what looks into it finds nothing
     * @throws Exception when Camel does not take the bundle
     */
    public DryRun(ApplicationContext spring, Bundle bundle, boolean offline) throws Exception {
        this.beans = new DryRunBeans(spring, offline);
        this.camel = BundleContext.create(spring, beans, "dry-run", DryCamelContext::new);
        this.producer = camel.createProducerTemplate();
        try {
            camel.getCamelContextExtension()
                    .registerEndpointCallback((uri, endpoint) -> Recorder.replace(uri, endpoint, this::note));
            camel.getCamelContextExtension().addInterceptStrategy(this::watch);
            camel.start();
            this.fileBeans = BundleContext.load(camel, bundle, true);
        } catch (Throwable e) {
            camel.stop();
            throw e;
        }
    }

    /**
     * What became of an event.
     *
     * @param routes in the order in which they began
     * @param effects what would have gone out, in order
     * @param failure why it would have been tried again or parked; null when all went well
     * @param failedIn the route in which that began; null when all went well
     */
    public record Trace(
            List<String> routes,
            List<Effect> effects,
            @Nullable String failure,
            @Nullable String failedIn) {}

    /**
     * Something that would have gone out.
     *
     * @param step id of the step, or its kind when it has none
     * @param kind the component: sql, slack, aws2-s3
     * @param text for people, over several lines
     */
    public record Effect(String route, String step, String kind, String text) {}

    /** Ends before the next step when its thread is interrupted. */
    public Trace run(SampleEvent sample) {
        beans.forget();
        Recording notes = new Recording();
        Endpoint entry = camel.getEndpoint("direct:" + EngineContract.ENTRY);
        Exchange exchange = entry.createExchange();
        exchange.getIn().setBody(sample.body());
        sample.variables().setOn(exchange);
        exchange.setVariable(EventVariables.BUNDLE_VERSION, 0L);
        exchange.setProperty(TRACE, notes);
        Throwable failure;
        try {
            producer.send(entry, exchange);
            failure = exchange.getException();
        } catch (Error e) {
            // Camel lets it pass: a class that is missing, an expression that overflows the stack
            failure = e;
            notes.failedIn.compareAndSet(null, notes.at.get());
        }
        return new Trace(
                List.copyOf(notes.routes),
                List.copyOf(notes.effects),
                failure == null ? null : text(failure),
                failure == null ? null : notes.failedIn.get());
    }

    /** The outermost message, and the innermost where it says more. */
    private static String text(Throwable failure) {
        if (failure instanceof Error || failure.getMessage() == null) {
            return failure.toString();
        }
        String outer = String.valueOf(failure.getMessage());
        String inner = String.valueOf(
                NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
        return outer.contains(inner) ? outer : outer + ": " + inner;
    }

    @Override
    public void close() {
        camel.stop();
        fileBeans.close();
    }

    private static final class Recording {
        final Set<String> routes = Collections.synchronizedSet(new LinkedHashSet<>());
        final AtomicReference<@Nullable String> failedIn = new AtomicReference<>();
        /** The route that was entered last. */
        final AtomicReference<@Nullable String> at = new AtomicReference<>();

        final List<Effect> effects = Collections.synchronizedList(new ArrayList<>());
    }

    /** Called before each step. */
    private Processor watch(CamelContext context, NamedNode node, Processor target, @Nullable Processor next) {
        String route = ProcessorDefinitionHelper.getRouteId(node);
        String skipped = withoutStub(node);
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Recording notes = exchange.getProperty(TRACE, Recording.class);
                if (notes != null && route != null) {
                    notes.routes.add(route);
                    notes.at.set(route);
                }
                exchange.setProperty(STEP, node.getId());
                if (Thread.currentThread().isInterrupted()) {
                    exchange.setException(new InterruptedException("the dry run was ended"));
                    callback.done(true);
                    return true;
                }
                if (node instanceof LogDefinition || node instanceof DelayDefinition) {
                    callback.done(true); // a log of what did not happen would be taken for one of what did
                    return true;
                }
                if (skipped != null) {
                    note(exchange, "bean", skipped);
                    callback.done(true);
                    return true;
                }
                return super.process(exchange, doneSync -> {
                    if (notes != null && exchange.getException() != null) {
                        notes.failedIn.compareAndSet(null, route); // the innermost step says so first
                    }
                    callback.done(doneSync);
                });
            }
        };
    }

    /** The code of others that a step calls; null when it calls none, or when that has a dry-run stub. */
    private @Nullable String withoutStub(NamedNode node) {
        if (node instanceof ProcessDefinition process) {
            return beans.hasDryRunStub(process.getRef()) ? null : process.getRef();
        }
        if (!(node instanceof BeanDefinition bean)) {
            return null;
        }
        String name = bean.getRef() == null ? bean.getBeanType() : bean.getRef();
        return beans.hasDryRunStub(name) ? null : name + (bean.getMethod() == null ? "" : "." + bean.getMethod());
    }

    private void note(Exchange exchange, String kind, String text) {
        Recording notes = exchange.getProperty(TRACE, Recording.class);
        if (notes != null) {
            String route = ExchangeHelper.getAtRouteId(exchange);
            notes.effects.add(
                    new Effect(String.valueOf(route), exchange.getProperty(STEP, kind, String.class), kind, text));
        }
    }
}
