package org.manusroutes.manus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manusroutes.manus.ManusApiProperties.Version;

/** The client against the answers that the vendor documents, and that were observed (docs/manus-api.md). */
class DocumentedShapesTests {
    private HttpServer server;
    private int status = 200;
    private String answer = "";
    private String asked = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            asked = exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private ManusApi api() {
        return ManusApiClient.connect(new ManusApiProperties(
                "k", URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Version.V2, 3));
    }

    @Test
    void readsTasksWithWhatMayBeMissing() {
        answer = """
                {"ok": true, "request_id": "r", "data": [
                  {"id": "a", "status": "stopped", "title": "T", "task_url": "https://manus.im/app/a",
                   "created_at": "1763506000", "updated_at": 1763506100, "credit_usage": 12,
                   "has_running_background_jobs": true, "object": "task", "new_field": {"x": []}},
                  {"id": "b", "status": "paused_by_next_year"}],
                 "has_more": true, "next_cursor": "c2"}
                """;

        TaskPage page = api().newestTasks(100, null);

        assertThat(asked).startsWith("/v2/task.list?limit=100&order=desc&scope=all");
        assertThat(page.hasMore()).isTrue();
        assertThat(page.nextCursor()).isEqualTo("c2");
        Task task = page.data().get(0);
        assertThat(List.of(
                        Objects.requireNonNull(task.createdSeconds()), Objects.requireNonNull(task.updatedSeconds())))
                .containsExactly(1763506000L, 1763506100L);
        assertThat(task.hasRunningBackgroundJobs()).isTrue();
        assertThat(page.data().get(1).hasRunningBackgroundJobs()).isNull();
        assertThat(page.data().get(1).updatedSeconds()).isNull();
    }

    @Test
    void readsMessagesOfEachTypeAlsoThoseWithNewFields() {
        answer = """
                {"ok": true, "request_id": "r", "has_more": false, "messages": [
                  {"id": "5", "type": "status_update", "timestamp": 1763506192000, "status_update": {
                    "agent_status": "waiting", "brief": "b", "description": "d", "status_detail": {
                      "waiting_for_event_id": "evt_1", "waiting_for_event_type": "gmailSendAction",
                      "waiting_description": "Send?", "confirm_input_schema": {"type": "object"}}}},
                  {"id": "4", "type": "assistant_message", "timestamp": "1763506191000", "assistant_message": {
                    "content": "Which?", "delivery_kind": "result",
                    "question_expectation": {"options": ["a", "b"], "selection_mode": "multiple"},
                    "attachments": [{"type": "file", "filename": "f.csv", "url": "https://x/f", "content_type": "text/csv"}]}},
                  {"id": "3", "type": "structured_output_result", "timestamp": 3,
                   "structured_output_result": {"success": false, "value": {"total": 0}, "error": {"code": "x"}}},
                  {"id": "2", "type": "error_message", "timestamp": 2,
                   "error_message": {"error_type": "quota", "content": "No credits are left."}},
                  {"id": "1", "type": "user_message", "timestamp": 1, "user_message": {
                    "content": [{"type": "text", "text": "part"}]}},
                  {"id": "0", "type": "user_message", "timestamp": 0, "user_message": {"content": "Do it"}},
                  {"id": "x", "type": "plan_update", "timestamp": 0, "plan_update": {"steps": []}},
                  {"id": "y", "type": "user_stop", "timestamp": 0, "user_stop": {}}]}
                """;

        Messages page = api().newestMessages("t", 200, null);

        assertThat(asked).startsWith("/v2/task.listMessages?task_id=t&limit=200&order=desc");
        assertThat(page.messages()).hasSize(8);
        assertThat(page.firstStatus().orElseThrow().statusDetail())
                .extracting(Messages.StatusDetail::waitingForEventId)
                .isEqualTo("evt_1");
        assertThat(page.firstOfAssistant().orElseThrow().questionExpectation())
                .satisfies(asks -> assertThat(asks.texts()).containsExactly("a", "b"))
                .satisfies(asks -> assertThat(asks.isMultiple()).isTrue());
        assertThat(page.messages().get(2).structuredOutputResult().success()).isFalse();
        assertThat(page.messages().get(3).errorMessage().content()).isEqualTo("No credits are left.");
        assertThat(page.messages().get(4).userMessage().text()).isEmpty();
        assertThat(page.messages().get(5).userMessage().text()).isEqualTo("Do it");
    }

    @Test
    void sendsWhatTheVendorDocuments() {
        answer = "{\"ok\": true, \"request_id\": \"r\", \"task_id\": \"t\"}";
        ManusApi api = api();
        api.sendMessage("t", "EUR");
        assertThat(asked).isEqualTo("/v2/task.sendMessage {\"task_id\":\"t\",\"message\":{\"content\":\"EUR\"}}");
        api.confirmAction("t", "evt_1", Map.of("accept", true));
        assertThat(asked)
                .isEqualTo(
                        "/v2/task.confirmAction {\"task_id\":\"t\",\"event_id\":\"evt_1\",\"input\":{\"accept\":true}}");
        api.confirmAction("t", "evt_1", Map.of());
        assertThat(asked).isEqualTo("/v2/task.confirmAction {\"task_id\":\"t\",\"event_id\":\"evt_1\"}");
        api.stopTask("t");
        assertThat(asked).isEqualTo("/v2/task.stop {\"task_id\":\"t\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_argument,  false, false",
        "401, unauthenticated,   false, false",
        "401, permission_denied, false, false",
        "404, not_found,         false, false",
        "429, rate_limited,      true,  false",
        "500, internal,          true,  true",
        "503, unavailable,       true,  true"
    })
    void sortsRefusals(int code, String word, boolean passing, boolean unknown) {
        status = code;
        answer = "{\"ok\": false, \"request_id\": \"r\", \"error\": {\"code\": \"" + word + "\", \"message\": \"m\"}}";
        assertThatExceptionOfType(ManusApiException.class)
                .isThrownBy(() -> api().sendMessage("t", "x"))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(word))
                .satisfies(refusal -> assertThat(refusal.isPassing()).isEqualTo(passing))
                .satisfies(refusal -> assertThat(refusal.isUnknownOutcome()).isEqualTo(unknown));
    }
}
