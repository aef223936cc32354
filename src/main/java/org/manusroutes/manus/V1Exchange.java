package org.manusroutes.manus;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** The v1 API, as far as it goes (docs/manus-api.md, REST API v1). */
@HttpExchange("/v1")
interface V1Exchange {
    @GetExchange("/webhook/public_key")
    V2Exchange.PublicKey publicKey();

    @PostExchange("/webhooks")
    V2Exchange.WebhookId createWebhook(@RequestBody WebhookRequest request);

    @DeleteExchange("/webhooks/{id}")
    void deleteWebhook(@PathVariable("id") String id);

    @PostExchange("/tasks")
    CreatedTask createTask(@RequestBody TaskRequest request);

    @PostExchange("/tasks")
    CreatedTask continueTask(@RequestBody ContinueRequest request);

    record WebhookRequest(V2Exchange.WebhookRequest webhook) {}

    record ContinueRequest(
            String prompt, @JsonProperty("taskId") String taskId) {}

    record TaskRequest(String prompt, @Nullable String agentProfile) {}
}
