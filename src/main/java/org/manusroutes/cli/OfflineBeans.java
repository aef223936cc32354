package org.manusroutes.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.type.filter.RegexPatternTypeFilter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The beans of the server without the server: each is made when a route asks for it, nothing listens, nothing is
 * connected to before that.
 */
final class OfflineBeans {
    private static final String PACKAGE = "org.manusroutes";

    private OfflineBeans() {}

    static AnnotationConfigApplicationContext open(ConfigurableEnvironment environment) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setEnvironment(environment);
        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
        ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context, true, environment);
        // they would start the server: Boot's own configuration, the order of the start, the door
        scanner.addExcludeFilter(
                new RegexPatternTypeFilter(Pattern.compile("org\\.manusroutes\\.(Main|StartOrder|webhook\\..*)")));
        scanner.scan(PACKAGE);
        context.register(Surroundings.class);
        context.refresh();
        return context;
    }

    /** What Boot provides in the server. */
    @ConfigurationPropertiesScan(PACKAGE)
    @EnableConfigurationProperties(DataSourceProperties.class)
    static class Surroundings {
        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        /** A command claims nothing and runs no route; whoever asks for a name gets one. */
        @Bean
        String nodeName() {
            return "command";
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        DataSource dataSource(DataSourceProperties database) {
            return new CommandDatabase(database).source();
        }

        @Bean
        JdbcTemplate jdbcTemplate(DataSource dataSource) {
            return new JdbcTemplate(dataSource);
        }

        @Bean
        JdbcClient jdbcClient(DataSource dataSource) {
            return JdbcClient.create(dataSource);
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }
    }
}
