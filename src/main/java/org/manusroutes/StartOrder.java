package org.manusroutes;

import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spring.boot.CamelSpringBootApplicationListener;
import org.manusroutes.bundle.live.GuardedReload;
import org.manusroutes.inbox.EventStore;
import org.manusroutes.inbox.work.Settling;
import org.manusroutes.inbox.work.StepLedger;
import org.manusroutes.webhook.ReadinessFilter;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * What starts after what; it stops in the reverse order, each phase when the one before has ended.
 *
 * <ol>
 *   <li><b>Database</b>: connections and migrations, made with the beans, closed with them. Everything below needs it.
 *   <li><b>Ledger</b>: the writers of events, steps and outcomes. They stop when nobody is left who has something to
 *       write.
 *   <li><b>Bundle</b>: the version of the routes that events run in. Without one, the workers' route starts when one
 *       does.
 *   <li><b>Workers</b>: the engine's Camel context, with the routes {@code process-event} and {@code receive-webhook}.
 *       Camel would start it when Spring is through, after the web server: a first delivery would get 404.
 *   <li>Spring Boot's web server listens; it stops when it has answered what it has taken.
 *   <li><b>Door</b>: opens last, when whatever is let in can be stored; closes first, so that nobody is cut off.
 * </ol>
 */
@Configuration(proxyBeanMethods = false)
class StartOrder {
    private static final int LEDGER = 100;
    private static final int BUNDLE = 200;
    private static final int WORKERS = 300;
    private static final int DOOR = Integer.MAX_VALUE;
    private static final String PROCESS_EVENT = "process-event";

    @Bean
    Phase ledgerPhase(EventStore events, StepLedger steps, Settling outcomes) {
        return new Phase(LEDGER, () -> {}, () -> {
            events.finish();
            steps.finish();
            outcomes.finish();
        });
    }

    @Bean
    Phase bundlePhase(GuardedReload reload) {
        return new Phase(BUNDLE, reload::start, reload::stop);
    }

    /**
     * What Camel does when Spring is through, done now; its context stops by itself right after the web server. The
     * context is no parameter: Spring starts what a phase depends on before it, and Camel would then start without
     * routes.
     */
    @Bean
    Phase workersPhase(CamelSpringBootApplicationListener routes, GuardedReload reload, ApplicationContext spring) {
        return new Phase(
                WORKERS,
                () -> {
                    routes.onApplicationEvent(new ContextRefreshedEvent(spring));
                    ModelCamelContext camel = spring.getBean(ModelCamelContext.class);
                    camel.getRouteDefinition(PROCESS_EVENT).autoStartup(false);
                    camel.start();
                    reload.whenRunning(() -> startClaiming(camel));
                },
                () -> {});
    }

    /** Without a version of the bundle, events wait. */
    private static void startClaiming(ModelCamelContext camel) {
        try {
            camel.getRouteController().startRoute(PROCESS_EVENT);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Bean
    Phase doorPhase(ReadinessFilter door) {
        return new Phase(DOOR, door::open, door::close);
    }

    /** One step of the order. */
    static final class Phase implements SmartLifecycle {
        private final int number;
        private final Action start;
        private final Action stop;
        private volatile boolean running;

        /** What is done at a start or a stop. */
        interface Action {
            void run() throws Exception;
        }

        Phase(int number, Action start, Action stop) {
            this.number = number;
            this.start = start;
            this.stop = stop;
        }

        @Override
        public void start() {
            run(start);
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            run(stop);
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return number;
        }

        private static void run(Action action) {
            try {
                action.run();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
