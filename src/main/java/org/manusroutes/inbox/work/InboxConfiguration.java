package org.manusroutes.inbox.work;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.manusroutes.inbox.InboxProperties;
import org.manusroutes.inbox.store.Leases;
import org.manusroutes.inbox.store.WakeUp;
import org.manusroutes.loop.Loops;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Puts the workers together. */
@Configuration(proxyBeanMethods = false)
class InboxConfiguration {

    @Bean
    Settling settling(
            Leases leases,
            InboxProperties properties,
            @Qualifier("nodeName") String node,
            Clock clock,
            MeterRegistry meters) {
        RetrySchedule schedule = new RetrySchedule(
                properties.retry(), () -> ThreadLocalRandom.current().nextDouble());
        return new Settling(leases, schedule, properties.tellAfter(), node, clock, meters);
    }

    /** Health {@code workers}: whether events are claimed here, and leases renewed. */
    @Bean
    HealthIndicator workersHealthIndicator(Loops loops) {
        return loops.of(Claims.CLAIM, Claims.RENEW);
    }

    @Bean
    InboxWorkers.Factory inboxWorkersFactory(
            Leases leases,
            Settling settling,
            WakeUp wakeUp,
            InboxProperties properties,
            Clock clock,
            Loops loops,
            Environment environment) {
        return new InboxWorkers.Factory(leases, settling, wakeUp, properties, clock, loops, threads(environment));
    }

    private static ThreadFactory threads(Environment environment) {
        return Threading.VIRTUAL.isActive(environment)
                ? new VirtualThreadTaskExecutor("inbox-").getVirtualThreadFactory()
                : new CustomizableThreadFactory("inbox-");
    }
}
