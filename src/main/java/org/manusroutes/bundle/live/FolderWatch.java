package org.manusroutes.bundle.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;

/**
 * Sees changes by what the files hold, so that it makes no difference how they came there: saved in place or by rename,
 * copied, checked out, or by a symbolic link that leads elsewhere now. Not for several threads.
 */
final class FolderWatch {
    private final Path folder;
    private final long settleNanos;
    private final LongSupplier nanoTime;
    private String hash = "";
    private long since;

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
        return now - since >= settleNanos ? bundle : null;
    }
}
