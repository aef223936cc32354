package org.manusroutes.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadTests {
    @TempDir
    Path folder;

    /** Answers the n-th request, from 1, with what it is told to. */
    private interface Answers {
        String to(int request);
    }

    @Test
    void countsAnswersByWhatTheySay() throws Exception {
        Load.Result result = run(20, n -> n % 4 == 0 ? "already_processed" : "received", 200);

        assertThat(result.received()).isEqualTo(15);
        assertThat(result.known()).isEqualTo(5);
        assertThat(result.errors()).isEmpty();
        assertThat(result.times()).hasSize(20).isSorted();
    }

    @Test
    void countsA200ThatSaysSomethingElseAsAnError() throws Exception {
        Load.Result result = run(20, n -> n == 7 ? "ignored" : "received", 200);

        assertThat(result.received()).isEqualTo(19);
        assertThat(result.errors()).containsOnlyKeys("200 {\"status\":\"ignored\"}");
    }

    @Test
    void takesNoFigureFromADoorThatRefuses() throws Exception {
        Load.Result result = run(20, n -> "received", 401);

        assertThat(result.errorCount()).isEqualTo(20);
        assertThatThrownBy(() -> Door.check(result, "the door")).hasMessageContaining("401");
    }

    @Test
    void sendsEachEventTwiceWhenHalfAreDuplicates() {
        int[] order = Load.withDuplicates(3001);

        int[] times = new int[1500];
        for (int number : order) {
            times[number]++;
        }
        assertThat(order).hasSize(3000);
        assertThat(times).containsOnly(2);
    }

    @Test
    void findsAnEventByItsNumberWhereverItIsTold() {
        byte[] told = "blocks=%7B%22text%22%3A%22bench+of+bench00000123+Quarterly".getBytes(StandardCharsets.UTF_8);

        assertThat(Events.number(told, told.length)).isEqualTo(123);
        assertThat(Events.number(told, 20)).isEqualTo(-1);
    }

    private Load.Result run(int count, Answers answers, int status) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        Set<String> bodies = new HashSet<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(Requests.PATH, exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = ("{\"status\":\"" + answers.to(requests.incrementAndGet()) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Requests some = Requests.of(count, folder, new Report(folder.resolve("report.md")));
            Load.Result result = new Load(server.getAddress().getPort(), some, Load.each(count), 3).run();
            assertThat(bodies).hasSize(count);
            return result;
        } finally {
            server.stop(0);
        }
    }
}
