package org.manusroutes;

import java.nio.file.Path;
import java.time.Clock;
import org.manusroutes.cli.Commands;
import org.manusroutes.lib.LibClassPath;
import org.manusroutes.lib.LibContents;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Runs the command that the first argument names; starts the receiver without one. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class Main {
    public static void main(String[] args) throws ReflectiveOperationException {
        if (LibClassPath.runs(Main.class, args)) {
            return;
        }
        // a server on H2's file lets the commands of this machine in, and nobody else
        System.setProperty("h2.bindAddress", "127.0.0.1");
        if (Commands.isMeantBy(args)) {
            System.exit(Commands.run(args));
        }
        SpringApplication.run(Main.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Before the database is opened, and again when its files are there. */
    @Bean
    static BeanFactoryPostProcessor privateDatabase(Environment environment) {
        return beans -> PrivateDatabase.protect(environment.getProperty("spring.datasource.url", ""));
    }

    @EventListener(ApplicationReadyEvent.class)
    void protectDatabase(ApplicationReadyEvent ready) {
        PrivateDatabase.protect(
                ready.getApplicationContext().getEnvironment().getProperty("spring.datasource.url", ""));
    }

    /** The class path has the application first: such a jar does nothing, though somebody has put it there. */
    @EventListener(ApplicationStartedEvent.class)
    void nameTheJarsThatAreNotUsed(ApplicationStartedEvent started) {
        String home = started.getApplicationContext().getEnvironment().getProperty(LibClassPath.HOME, "");
        LibContents.shadowed(Path.of(home, "lib")).forEach(LoggerFactory.getLogger(Main.class)::warn);
    }

    /** With virtual threads, Spring's own would run all jobs that have a fixed delay on one thread. */
    @Bean
    ThreadPoolTaskScheduler taskScheduler(ThreadPoolTaskSchedulerBuilder builder) {
        return builder.build();
    }

    @Bean
    String nodeName() {
        return NodeName.choose();
    }
}
