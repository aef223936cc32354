package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.cli.CommandRun;
import org.manusroutes.standins.MailStandIn;
import org.manusroutes.standins.ManusSimulator;
import org.manusroutes.standins.SlackStandIn;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;
import org.springframework.util.FileSystemUtils;

/** The three edits of the README's "Change a route", taken from its text. */
class WorkedEditsIT {
    private final List<String> tickets = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @Test
    void doWhatTheReadmeSays() throws Exception {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        HttpServer ticketSystem = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ticketSystem.createContext("/events", exchange -> {
            tickets.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        ticketSystem.start();
        edit("http://127.0.0.1:" + ticketSystem.getAddress().getPort());
        assertThat(CommandRun.said(Map.of(), "routes", "check", folder.toString()))
                .isEqualTo("0 no problems in 21 files");

        try (ManusSimulator manus = ManusSimulator.start();
                SlackStandIn slack = SlackStandIn.start();
                MailStandIn mail = MailStandIn.start();
                RunningApplication application = RunningApplication.start(
                        Databases.H2.fresh(),
                        slack.settings(),
                        mail.settings(),
                        Map.of("manus.webhook.signature", "off", "manus.routes.directory", folder))) {
            Map<String, Object> invoice = manus.event("task_stopped")
                    .reason("finish")
                    .title("Invoice 7")
                    .build();
            Map<String, Object> question = manus.event("task_stopped")
                    .reason("ask")
                    .title("Which year?")
                    .build();
            for (Map<String, Object> event : List.of(invoice, question)) {
                application.post(new JsonMapper().writeValueAsString(event));
            }
            Bounded.untilExactly(2, () -> application.count("select count(*) from event where state = 'done'"));

            assertThat(slack.posts())
                    .extracting(SlackStandIn.Post::channel)
                    .containsExactlyInAnyOrder("#invoices", "#ai-tasks");
            assertThat(mail.mails()).hasSize(1);
            assertThat(tickets)
                    .singleElement()
                    .satisfies(ticket -> assertThat(ticket).contains("\"task_title\":\"Invoice 7\""));
        } finally {
            ticketSystem.stop(0);
        }
    }

    private void edit(String ticketSystem) throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        String section = readme.substring(readme.indexOf("## Change a route"), readme.indexOf("## Settings"));
        List<String> blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(section)
                .results()
                .map(block -> block.group(1))
                .toList();
        Path finished = folder.resolve("task-finished.camel.yaml");
        String text = Files.readString(finished);
        Files.writeString(
                finished,
                text.replaceFirst(
                                "(?m)^ {8}- multicast:",
                                Matcher.quoteReplacement(blocks.get(0)) + "        - multicast:")
                        + blocks.get(3));
        Path asks = folder.resolve("task-asks.camel.yaml");
        String before = Files.readString(asks);
        String after = before.replace(blocks.get(1), "");
        assertThat(after).isNotEqualTo(before);
        Files.writeString(asks, after);
        Files.writeString(
                folder.resolve("tell-ticket-system.camel.yaml"),
                blocks.get(2).replace("https://tickets.example.com", ticketSystem));
    }
}
