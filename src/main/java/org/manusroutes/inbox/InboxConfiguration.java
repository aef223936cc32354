package org.manusroutes.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.autoconfigure.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Puts the workers together. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class InboxConfiguration {

    @Bean
    Settling settling(Leases leases, InboxProperties properties, Clock clock, MeterRegistry meters) {
        RetrySchedule schedule = new RetrySchedule(
                properties.retry(), () -> ThreadLocalRandom.current().nextDouble());
        return new Settling(leases, schedule, nodeName(), clock, meters);
    }

    @Bean
    InboxWorkers.Factory inboxWorkersFactory(
            Leases leases,
            Settling settling,
            WakeUp wakeUp,
            InboxProperties properties,
            Clock clock,
            Environment environment) {
        return new InboxWorkers.Factory(leases, settling, wakeUp, properties, clock, threads(environment));
    }

    private static ThreadFactory threads(Environment environment) {
        return Threading.VIRTUAL.isActive(environment)
                ? new VirtualThreadTaskExecutor("inbox-").getVirtualThreadFactory()
                : new CustomizableThreadFactory("inbox-");
    }

    /** Unlike that of any other process, also of the one before this on the same machine. */
    private static String nodeName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown-host";
        }
        String process = ManagementFactory.getRuntimeMXBean().getName();
        String pid = process.substring(0, Math.max(process.indexOf('@'), 0));
        int salt = ThreadLocalRandom.current().nextInt(0x1000, 0x10000);
        return (host.length() > 70 ? host.substring(0, 70) : host) + '-' + pid + '-' + Integer.toHexString(salt);
    }
}
