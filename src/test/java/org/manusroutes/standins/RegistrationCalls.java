package org.manusroutes.standins;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.manusroutes.standins.SimulatorCalls.Answer;

/** What the calls about registrations do (docs/manus-api.md, Registration). */
final class RegistrationCalls {
    private static final byte[] PROBE = "{\"type\":\"webhook_test\"}".getBytes(StandardCharsets.UTF_8);

    private final Registrations registrations;
    private final Deliveries deliveries;
    private volatile boolean probesUnsigned;

    RegistrationCalls(Registrations registrations, Deliveries deliveries) {
        this.registrations = registrations;
        this.deliveries = deliveries;
    }

    void probeUnsigned(boolean unsigned) {
        probesUnsigned = unsigned;
    }

    /** The receiver has to answer the test before it is registered (docs/manus-api.md, Registration). */
    Answer register(String url) {
        if (!url.matches("https?://.+")) {
            return Answer.error(400, "invalid_argument", "url is not a URL");
        }
        Delivery probe = probesUnsigned ? deliveries.unsigned(url, PROBE) : deliveries.signed(url, PROBE);
        if (!probe.isAccepted()) {
            return Answer.error(
                    400, "invalid_argument", "the test delivery to " + url + " was answered with " + probe.status());
        }
        return Answer.ok(Map.of("webhook", registrations.add(url)));
    }

    Answer registerV1(String url) {
        if (registrations.activeUrls().contains(url)) {
            return Answer.error(409, "conflict", "webhook exists");
        }
        Answer answer = register(url);
        return answer.body().get("webhook") instanceof Map<?, ?> webhook
                ? Answer.ok(Map.of("webhook_id", webhook.get("id")))
                : answer;
    }

    Answer delete(String id) {
        return registrations.remove(id) ? Answer.ok(Map.of()) : Answer.error(404, "not_found", "webhook not found");
    }
}
