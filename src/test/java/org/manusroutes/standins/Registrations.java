package org.manusroutes.standins;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The URLs that the simulator delivers to. */
final class Registrations {
    private final Map<String, Map<String, Object>> byId = new ConcurrentSkipListMap<>();
    private final AtomicInteger serial = new AtomicInteger();

    Map<String, Object> add(String url) {
        Map<String, Object> webhook = new LinkedHashMap<>();
        webhook.put("id", "wh_%04d".formatted(serial.incrementAndGet()));
        webhook.put("url", url);
        webhook.put("status", "active");
        webhook.put("created_at", System.currentTimeMillis() / 1000);
        byId.put((String) webhook.get("id"), webhook);
        return webhook;
    }

    boolean remove(@Nullable String id) {
        return id != null && byId.remove(id) != null;
    }

    void deactivate(String id) {
        byId.computeIfPresent(id, (key, webhook) -> {
            Map<String, Object> inactive = new LinkedHashMap<>(webhook);
            inactive.put("status", "inactive");
            return inactive;
        });
    }

    List<Map<String, Object>> all() {
        return List.copyOf(byId.values());
    }

    List<String> activeUrls() {
        return byId.values().stream()
                .filter(webhook -> "active".equals(webhook.get("status")))
                .map(webhook -> (String) webhook.get("url"))
                .toList();
    }
}
