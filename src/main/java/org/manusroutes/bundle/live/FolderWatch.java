package org.manusroutes.bundle.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees changes by what the files hold, so that it makes no difference how they came there: saved in place or by rename,
 * copied, checked out, or by a symbolic link that leads elsewhere now. Not for several threads.
 */
final class FolderWatch {
    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

    private final Path folder;
    private final long settleNanos;
    private final LongSupplier nanoTime;
    private String hash = "";
    private long since;
    private List<Problem> unread = List.of();

    /** @param settle nothing changes for so long: an editor, a copy, a checkout is through */
    FolderWatch(Path folder, Duration settle, LongSupplier nanoTime) {
        this.folder = folder;
        this.settleNanos = settle.toNanos();
        this.nanoTime = nanoTime;
    }

    /** What the folder holds; null while it has changed a moment ago. */
    @Nullable
    Bundle settled() throws IOException {
        Bundle bundle = Bundle.read(folder);
        long now = nanoTime.getAsLong();
        if (!bundle.hash().equals(hash)) {
            hash = bundle.hash();
            since = now;
        }
        if (now - since < settleNanos) {
            return null;
        }
        sayUnread();
        return bundle;
    }

    /** A route saved under another name than routes have does nothing: said once. */
    private void sayUnread() throws IOException {
        List<Problem> now = Bundle.unread(folder);
        if (!now.equals(unread)) {
            unread = now;
            if (!now.isEmpty()) {
                log.warn("Files in the folder of the routes are not read:{}", Problem.lines(folder, now));
            }
        }
    }
}
