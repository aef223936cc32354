package org.manusroutes.manus;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page of tasks, in the order asked for.
 *
 * @param nextCursor of the page that follows; null on the last one
 */
public record TaskPage(
        List<Task> data, boolean hasMore, @Nullable String nextCursor) {
    /** @param data taken as empty where the API leaves it out */
    public TaskPage(@Nullable List<Task> data, boolean hasMore, @Nullable String nextCursor) {
        this.data = List.copyOf(Objects.requireNonNullElse(data, List.of()));
        this.hasMore = hasMore;
        this.nextCursor = nextCursor;
    }
}
