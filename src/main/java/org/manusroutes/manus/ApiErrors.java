package org.manusroutes.manus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResponseErrorHandler;

/**
 * Turns a refusal into a {@link ManusApiException}: a status of 4xx or 5xx, and also {@code "ok": false} under a 200
 * (docs/manus-api.md, REST API v2). Needs responses that can be read twice.
 */
final class ApiErrors implements ResponseErrorHandler {
    private final ObjectMapper json;

    ApiErrors(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public boolean hasError(ClientHttpResponse response) throws IOException {
        return response.getStatusCode().isError() || isFalse(body(response).path("ok"));
    }

    @Override
    public void handleError(URI url, HttpMethod method, ClientHttpResponse response) throws IOException {
        int status = response.getStatusCode().value();
        JsonNode body = body(response);
        JsonNode error = body.path("error").isObject() ? body.path("error") : body;
        String code = text(error.path("code"));
        String requestId = text(body.path("request_id"));
        throw new ManusApiException(
                status, code, requestId, sentence(status, code, requestId, text(error.path("message"))), null);
    }

    /** Never throws for what is no JSON: a proxy in between may answer with a page. */
    private JsonNode body(ClientHttpResponse response) throws IOException {
        byte[] bytes = response.getBody().readAllBytes();
        try {
            JsonNode tree = json.readTree(bytes);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        }
    }

    private static boolean isFalse(JsonNode ok) {
        return ok.isBoolean() && !ok.booleanValue();
    }

    private static @Nullable String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() && !node.asText().isBlank() ? node.asText() : null;
    }

    private static String sentence(
            int status, @Nullable String code, @Nullable String requestId, @Nullable String message) {
        return "the Manus API answered " + status + (code == null ? "" : " " + code)
                + (requestId == null ? "" : " (request " + requestId + ")") + advice(status, message);
    }

    private static String advice(int status, @Nullable String message) {
        String said = message == null ? "" : ": " + message;
        return switch (status) {
            case 401, 403 -> said + ": check manus.api.key";
            case 429 -> ": wait a minute";
            default -> said;
        };
    }
}
