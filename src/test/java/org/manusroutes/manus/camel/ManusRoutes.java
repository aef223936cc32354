package org.manusroutes.manus.camel;

import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventVariables;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiClient;
import org.manusroutes.manus.ManusApiProperties;
import org.manusroutes.manus.ManusApiProperties.Version;
import org.manusroutes.standins.ManusSimulator;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A node with routes that use the component: a Camel context of its own. */
final class ManusRoutes implements AutoCloseable {
    private final DefaultCamelContext camel = new DefaultCamelContext();

    /** @param api null for none, as without a key */
    ManusRoutes(@Nullable ManusApi api, DataSource database, String yaml) throws Exception {
        StaticListableBeanFactory beans = new StaticListableBeanFactory();
        if (api != null) {
            beans.addBean("manusApi", api);
        }
        beans.addBean(
                "calls",
                new ManusCalls(
                        beans.getBeanProvider(ManusApi.class),
                        new CreatedTasks(JdbcClient.create(database)),
                        new ManusApiProperties("k", URI.create("http://127.0.0.1:1"), Version.V2, 3),
                        new JdbcTransactionManager(database),
                        new StandardEnvironment()));
        camel.disableJMX();
        camel.getRegistry().bind("manus-component", new ManusComponent(beans.getBeanProvider(ManusCalls.class)));
        camel.start();
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("test.yaml", yaml));
    }

    static ManusApi api(ManusSimulator manus) {
        return api(manus, Version.V2);
    }

    static ManusApi api(ManusSimulator manus, Version version) {
        return api(String.valueOf(manus.settings().get("manus.api.key")), manus.baseUrl(), version);
    }

    static ManusApi api(String key, String url, Version version) {
        return ManusApiClient.connect(new ManusApiProperties(key, URI.create(url), version, 3));
    }

    /** A route {@code direct:in} with this one step, whose id is its operation. */
    static String step(String operation, String... options) {
        StringBuilder yaml = new StringBuilder("""
                - route:
                    id: steers
                    from:
                      uri: direct
                      parameters: {name: in}
                      steps:
                        - to:
                            id: step-%1$s
                            uri: manus:%1$s
                """.formatted(operation));
        if (options.length > 0) {
            yaml.append("            parameters:\n");
        }
        for (String option : options) {
            yaml.append("              ").append(option).append('\n');
        }
        return yaml.toString();
    }

    /** What comes out for an event of this key; its failure is in it. */
    Exchange send(String eventKey, @Nullable Object body, String... headers) {
        return send(Map.of(EventVariables.EVENT_KEY, eventKey), body, headers);
    }

    Exchange send(Map<String, Object> variables, @Nullable Object body, String... headers) {
        Map<String, Object> all = new HashMap<>(variables);
        all.putIfAbsent(EventVariables.ATTEMPT, 1);
        all.putIfAbsent(EventVariables.RECEIVED_AT, Instant.now());
        return camel.createProducerTemplate().send("direct:in", exchange -> {
            all.forEach(exchange::setVariable);
            exchange.getMessage().setBody(body);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getMessage().setHeader(headers[i], headers[i + 1]);
            }
        });
    }

    /** The id of the task that came out. */
    String created(String eventKey, Object body, String... headers) {
        return taskId(send(eventKey, body, headers));
    }

    static String taskId(Exchange exchange) {
        if (exchange.getException() != null) {
            throw new IllegalStateException(exchange.getException());
        }
        return Objects.requireNonNull(exchange.getMessage().getHeader(ManusConstants.TASK_ID, String.class));
    }

    @Override
    public void close() {
        camel.stop();
    }
}
