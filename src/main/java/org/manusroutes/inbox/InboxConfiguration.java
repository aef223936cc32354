package org.manusroutes.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.springframework.boot.autoconfigure.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the workers together, and the steps' ledger. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class InboxConfiguration {

    @Bean
    InboxWorkers.Factory inboxWorkersFactory(
            EventTable events,
            WakeUp wakeUp,
            InboxProperties properties,
            Clock clock,
            MeterRegistry meters,
            Environment environment) {
        String node = nodeName();
        RetrySchedule schedule = new RetrySchedule(
                properties.retry(), () -> ThreadLocalRandom.current().nextDouble());
        Settling settling = new Settling(events, schedule, node, clock, meters);
        return new InboxWorkers.Factory(events, settling, wakeUp, properties, node, clock, threads(environment));
    }

    /** Bean {@code #steps}: which step of which event has been done; Camel's own JDBC idempotent repository. */
    @Bean
    JdbcMessageIdRepository steps(DataSource dataSource, PlatformTransactionManager transactions) {
        JdbcMessageIdRepository steps =
                new JdbcMessageIdRepository(dataSource, new TransactionTemplate(transactions), "steps");
        steps.setCreateTableIfNotExists(false); // Flyway does
        return steps;
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
