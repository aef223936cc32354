package org.manusroutes.manus;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All registrations of the account. */
public record Webhooks(List<Webhook> data) {
    /** @param data taken as empty where the API leaves it out */
    public Webhooks(@Nullable List<Webhook> data) {
        this.data = List.copyOf(Objects.requireNonNullElse(data, List.of()));
    }

    /** Those that deliver to exactly this URL, whatever their status. */
    public List<Webhook> of(String url) {
        return data.stream().filter(webhook -> webhook.url().equals(url)).toList();
    }
}
