package org.manusroutes.bench.baseline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The follow-up steps as people write them by hand: 16 threads; for each event the row of its task and a ledger row for
 * each step, a Slack post, a mail by a connection of its own. No inbox, no claim, no lease, no retry: what is running
 * when it dies is lost.
 *
 * <p>Runs until it is stopped, and prints once a second how many events it has done.
 */
public final class HandWrittenLoop {
    private static final int THREADS = 16;

    private final JdbcTemplate jdbc;
    private final String slackUrl;
    private final int smtpPort;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    private HandWrittenLoop(JdbcTemplate jdbc, String slackUrl, int smtpPort) {
        this.jdbc = jdbc;
        this.slackUrl = slackUrl;
        this.smtpPort = smtpPort;
    }

    /** Arguments: JDBC URL, Slack's API URL or {@code -}, port of the mail server or {@code 0}. */
    public static void main(String[] arguments) throws InterruptedException {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[0]);
        pool.setUsername("postgres");
        pool.setMaximumPoolSize(THREADS);
        JdbcTemplate jdbc = new JdbcTemplate(new HikariDataSource(pool));
        jdbc.execute("create table task (task_id varchar(200) primary key, title text, url text, status varchar(10),"
                + " message text, updated_at timestamp with time zone, events bigint default 1 not null)");
        jdbc.execute("create table step_done (step varchar(300) primary key, done_at timestamp with time zone)");
        new HandWrittenLoop(jdbc, arguments[1], Integer.parseInt(arguments[2])).run();
    }

    private void run() throws InterruptedException {
        for (int i = 0; i < THREADS; i++) {
            new Thread(this::work).start();
        }
        while (true) {
            Thread.sleep(1000);
            System.out.println(done.get());
        }
    }

    private void work() {
        while (true) {
            String task = "hand%08d".formatted(next.getAndIncrement());
            try {
                recordTask(task);
                if (!slackUrl.equals("-")) {
                    postToSlack(task);
                }
                if (smtpPort != 0) {
                    sendMail(task);
                }
                done.incrementAndGet();
            } catch (Exception e) {
                e.printStackTrace();
            }
        }
    }

    private void recordTask(String task) {
        jdbc.update(
                "insert into task (task_id, title, url, status, message, updated_at)"
                        + " values (?, ?, ?, ?, ?, current_timestamp)"
                        + " on conflict (task_id) do update set title = excluded.title, url = excluded.url,"
                        + " status = excluded.status, message = excluded.message, updated_at = current_timestamp,"
                        + " events = task.events + 1",
                task,
                title(task),
                url(task),
                "finished",
                MESSAGE);
        stepDone(task, "record-task");
    }

    private void postToSlack(String task) throws Exception {
        String text = "*Task finished*\n<" + url(task) + "|" + title(task) + ">\n" + MESSAGE;
        Map<String, Object> post = Map.of(
                "channel",
                "#ai-tasks",
                "text",
                title(task),
                "blocks",
                List.of(Map.of("type", "section", "text", Map.of("type", "mrkdwn", "text", text))));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(slackUrl + "chat.postMessage"))
                        .header("Content-Type", "application/json; charset=utf-8")
                        .header("Authorization", "Bearer xoxb-bench")
                        .POST(BodyPublishers.ofString(json.writeValueAsString(post)))
                        .build(),
                BodyHandlers.ofString());
        if (!json.readTree(answer.body()).path("ok").asBoolean()) {
            throw new IllegalStateException(answer.body());
        }
        stepDone(task, "alert-slack");
    }

    private void sendMail(String task) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(smtpPort));
        MimeMessage mail = new MimeMessage(Session.getInstance(properties));
        mail.setFrom(new InternetAddress("manus@example.com"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress("team@example.com"));
        mail.setSubject("[Manus] Task finished: " + title(task), "UTF-8");
        mail.setText(MESSAGE + "\n\n" + url(task), "UTF-8");
        Transport.send(mail);
        stepDone(task, "send-mail");
    }

    private void stepDone(String task, String step) {
        jdbc.update(
                "insert into step_done (step, done_at) values (?, current_timestamp) on conflict do nothing",
                task + "/" + step);
    }

    private static String title(String task) {
        return task + " Quarterly revenue by region";
    }

    private static String url(String task) {
        return "https://manus.im/app/" + task;
    }

    private static final String MESSAGE = """
            I have finished the report. **Revenue grew by 12.4 % against the same quarter of last year**, driven by \
            the north and by services; hardware fell slightly.

            - North: 4.1 million, up 18 %
            - South: 2.7 million, up 9 %
            - West: 3.3 million, up 11 %
            - East: 1.9 million, down 2 %

            The figures come from the ledger export of the last working day and have been checked against the bank \
            statements. Two invoices could not be matched; they are listed at the end of the report with the amounts \
            in question and the customers' names.

            Tell me if you want the same by product line.""";
}
