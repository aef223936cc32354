package org.manusroutes.manus;

import org.jspecify.annotations.Nullable;

/** A registration: events go to its URL while its status is {@code active}. */
public record Webhook(
        String id,
        String url,
        @Nullable String status,
        @Nullable String createdAt) {
    public boolean isActive() {
        return "active".equals(status);
    }
}
