package org.manusroutes.attachments;

import java.util.List;

/** Links to files that count as copied. */
public final class SomeFileLinks {
    private SomeFileLinks() {}

    /** To the first files of an event, by their keys. */
    public static FileLinks of(String base, String eventKey, List<String> keys) {
        FileLinks links = new FileLinks(base);
        for (int position = 1; position <= keys.size(); position++) {
            links.add(eventKey, position, keys.get(position - 1));
        }
        return links;
    }
}
