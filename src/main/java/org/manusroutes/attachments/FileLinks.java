package org.manusroutes.attachments;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/**
 * Where people find a copied file: {@code manus.attachments.link-base-url}, a slash, and the key of its object.
 *
 * <p>It knows the files that this node has lately copied or found copied, so that no link leads to a file that is not
 * there; after a restart, an alert that is tried again names its files without links. Safe for use by several threads.
 */
public final class FileLinks {
    private static final int EVENTS = 500;

    private final String base;
    private final Map<String, Map<Integer, String>> keys = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<Integer, String>> eldest) {
            return size() > EVENTS;
        }
    };

    /** @param base without the slash at its end; empty: nobody can click on a file */
    FileLinks(String base) {
        this.base = base;
    }

    /** Knows of no file. */
    public static FileLinks none() {
        return new FileLinks("");
    }

    /** The file is in the bucket under this key. */
    synchronized void add(String eventKey, int position, String key) {
        if (!base.isEmpty()) {
            keys.computeIfAbsent(eventKey, event -> new HashMap<>()).put(position, key);
        }
    }

    /**
     * The address of a file's copy, or null.
     *
     * @param position its place in the event, from 1
     */
    public synchronized @Nullable String of(String eventKey, int position) {
        String key = keys.getOrDefault(eventKey, Map.of()).get(position);
        return key == null ? null : base + "/" + UriUtils.encodePath(key, StandardCharsets.UTF_8);
    }
}
