package org.manusroutes.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manusroutes.Main;
import org.manusroutes.cli.CommandRun;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole application in this JVM, on a free port, with the real {@code routes/} and {@code application.yaml}. */
public final class RunningApplication implements AutoCloseable {
    private final Map<String, Object> settings;
    private final ConfigurableApplicationContext context;

    private RunningApplication(Map<String, Object> settings, ConfigurableApplicationContext context) {
        this.settings = settings;
        this.context = context;
    }

    /** Starts with these settings, later maps over earlier ones. */
    @SafeVarargs
    public static RunningApplication start(Map<String, Object>... settings) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("server.port", 0);
        all.put("manus.inbox.lease", "5s");
        all.put("manus.inbox.retry.first-delay", "200ms");
        all.put("manus.inbox.retry.max-delay", "1s");
        for (Map<String, Object> some : settings) {
            all.putAll(some);
        }
        all.replaceAll((key, value) -> String.valueOf(value));
        String[] arguments = all.entrySet().stream()
                .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                .toArray(String[]::new);
        return new RunningApplication(all, new SpringApplication(Main.class).run(arguments));
    }

    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    public URI webhook() {
        return URI.create("http://127.0.0.1:" + port() + "/webhooks/manus");
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Posts an unsigned event, for applications that run with {@code manus.webhook.signature=off}. */
    public HttpResponse<String> post(String json) throws IOException, InterruptedException {
        return Http.send(Http.json(webhook(), json));
    }

    public String get(String path) throws IOException, InterruptedException {
        return Http.send(Http.request(webhook().resolve(path))).body();
    }

    /**
     * Runs a command in this JVM, with the settings of this application; its exit code, a blank, and what it printed.
     */
    public String command(String... words) {
        return CommandRun.said(settings, words);
    }

    public long count(String sql) {
        return jdbc().sql(sql).query(Long.class).single();
    }

    public List<Map<String, Object>> rows(String sql) {
        return jdbc().sql(sql).query().listOfRows();
    }

    public void update(String sql) {
        jdbc().sql(sql).update();
    }

    private JdbcClient jdbc() {
        return context.getBean(JdbcClient.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
