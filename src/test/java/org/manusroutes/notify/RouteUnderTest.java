package org.manusroutes.notify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.processor.idempotent.jdbc.JdbcMessageIdRepository;
import org.manusroutes.notify.mail.MailProperties;
import org.manusroutes.notify.slack.SlackPace;
import org.manusroutes.notify.slack.SlackProperties;
import org.manusroutes.support.Databases;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;

/** One real route file in a real application of this package's beans, with the ledger on the real tables. */
public final class RouteUnderTest implements AutoCloseable {
    private final ConfigurableApplicationContext application;
    private final String route;

    private RouteUnderTest(ConfigurableApplicationContext application, String route) {
        this.application = application;
        this.route = route;
    }

    @SafeVarargs
    public static RouteUnderTest start(String route, Map<String, Object>... settings) {
        Map<String, Object> all = new HashMap<>(Map.of(
                "camel.main.routes-include-pattern",
                "file:routes/error-handling.camel.yaml,file:routes/" + route + ".camel.yaml"));
        all.putAll(Databases.H2.fresh());
        List.of(settings).forEach(all::putAll);
        String[] arguments = all.entrySet().stream()
                .map(one -> "--" + one.getKey() + "=" + one.getValue())
                .toArray(String[]::new);
        return new RouteUnderTest(
                new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .run(arguments),
                route);
    }

    public Exchange send(Map<String, ?> event, Map<String, ?> variables) {
        return send(event, variables, Map.of());
    }

    public Exchange send(Map<String, ?> event, Map<String, ?> variables, Map<String, Object> headers) {
        return bean(FluentProducerTemplate.class)
                .withProcessor(exchange -> {
                    exchange.getMessage().setBody(event);
                    exchange.getMessage().setHeaders(new HashMap<>(headers));
                    variables.forEach(exchange::setVariable);
                })
                .to("direct:" + route)
                .send();
    }

    /** Keys of steps that are taken for done. */
    public List<String> ledger() {
        return bean(JdbcTemplate.class)
                .queryForList("select messageid from camel_messageprocessed order by messageid", String.class);
    }

    public <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    @Override
    public void close() {
        application.close();
    }

    /** No stereotype, so that the application's own scan does not find it. */
    @EnableAutoConfiguration
    @EnableConfigurationProperties({SlackProperties.class, MailProperties.class})
    @ComponentScan("org.manusroutes.notify")
    public static class Application {
        @Bean
        JdbcMessageIdRepository steps(DataSource dataSource) {
            return new JdbcMessageIdRepository(dataSource, "steps");
        }

        /** Hours pass between two looks at the clock: no test waits because an earlier one was refused. */
        @Bean
        @Primary
        SlackPace slackPaceOfAPatientTester() {
            AtomicLong hours = new AtomicLong();
            return new SlackPace(0, () -> TimeUnit.HOURS.toNanos(hours.incrementAndGet()));
        }
    }
}
