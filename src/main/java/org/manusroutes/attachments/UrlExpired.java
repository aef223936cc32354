package org.manusroutes.attachments;

/** The signed URL of a file is no longer honoured, or the event gave none: a fresh one may help. */
public class UrlExpired extends RuntimeException {
    UrlExpired(String reason) {
        super(reason);
    }
}
