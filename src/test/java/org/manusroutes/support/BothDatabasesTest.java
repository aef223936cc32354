package org.manusroutes.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.manusroutes.standins.EventBuilder;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SlackStandIn;

/** The whole application on each of the two databases, with Slack and mail stood in for. */
public abstract class BothDatabasesTest {
    public static final JsonMapper json = new JsonMapper();
    public static final Map<Databases, RunningApplication> applications = new EnumMap<>(Databases.class);

    public static ManusSimulator manus;
    public static SlackStandIn slack;
    public static MailStandIn mail;

    @BeforeAll
    public static void start() {
        manus = ManusSimulator.start();
        slack = SlackStandIn.start();
        mail = MailStandIn.start();
        for (Databases database : Databases.values()) {
            applications.put(
                    database,
                    RunningApplication.start(
                            database.fresh(),
                            slack.settings(),
                            mail.settings(),
                            Map.of("manus.webhook.signature", "off")));
        }
    }

    @AfterAll
    public static void stop() {
        applications.values().forEach(RunningApplication::close);
        slack.close();
        mail.close();
        manus.close();
    }

    @AfterEach
    public void forget() {
        slack.reset();
        mail.reset();
    }

    public static EventBuilder finish() {
        return manus.event("task_stopped").reason("finish").message("All done.");
    }

    public static String taskId() {
        Object detail = manus.event("task_created").build().get("task_detail");
        return (String) ((Map<?, ?>) detail).get("task_id");
    }

    public static String text(Map<String, Object> event) throws Exception {
        return json.writeValueAsString(event);
    }

    /** One after the other, each to its end. */
    public static void process(RunningApplication application, List<Map<String, Object>> events) throws Exception {
        for (Map<String, Object> event : events) {
            application.post(text(event));
            awaitDone(application, event);
        }
    }

    public static void awaitDone(RunningApplication application, Map<String, Object> event) {
        String id = (String) event.get("event_id");
        await().untilAsserted(
                        () -> assertThat(application.rows("select state from event where event_id = '" + id + "'"))
                                .isNotEmpty()
                                .allSatisfy(row -> assertThat(row).containsEntry("state", "done")));
    }

    public static Map<String, Object> task(RunningApplication application, String task) {
        return application
                .rows(
                        "select title, status, message, events, cast(structured_output as varchar(1000)) as structured_output"
                                + " from task where task_id = '" + task + "'")
                .get(0);
    }
}
