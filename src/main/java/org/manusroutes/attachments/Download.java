package org.manusroutes.attachments;

import java.nio.file.Path;

/** A file that has been read to its end; whoever holds it deletes {@code path}. */
record Download(Path path, long bytes, String sha256) {}
