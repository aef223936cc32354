package org.manusroutes.inbox.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where H2 keeps a database that runs within a process. */
public final class EmbeddedDatabase {
    private static final Pattern FILE = Pattern.compile("jdbc:h2:file:([^~;][^;]*)");

    private EmbeddedDatabase() {}

    /**
     * The path that all its files begin with, absolute: {@code data/manus} for {@code data/manus.mv.db}.
     *
     * @return empty for any other database, and for a path below a home folder ({@code ~})
     */
    public static Optional<Path> path(String url) {
        Matcher file = FILE.matcher(url);
        return file.lookingAt()
                ? Optional.of(Path.of(file.group(1)).toAbsolutePath().normalize())
                : Optional.empty();
    }
}
