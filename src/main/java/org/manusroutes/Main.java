package org.manusroutes;

import java.time.Clock;
import org.manusroutes.cli.Commands;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Runs the command that the first argument names; starts the receiver without one. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class Main {
    public static void main(String[] args) {
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

    @Bean
    String nodeName() {
        return NodeName.choose();
    }
}
