package org.manusroutes.attachments;

import org.jspecify.annotations.Nullable;

/**
 * A file that an event names and that still has to be copied.
 *
 * @param position its place in the event, from 1
 * @param place its place among the files of its name in the event, from 1
 * @param namesakes how many files of its name the event has, itself included
 * @param fileName as sent, so possibly empty or hostile
 * @param url as sent; null when the event gives none
 * @param bytes the size as sent; null when the event gives none that is a number
 */
public record Attachment(
        String taskId,
        String eventKey,
        int position,
        int place,
        int namesakes,
        String fileName,
        @Nullable String url,
        @Nullable Long bytes) {

    /** How messages name it; a single line whatever the event says. */
    public String label() {
        return "file " + position + " (" + ObjectKey.safeName(fileName) + ")";
    }
}
