package org.manusroutes.attachments;

/** What is known of a file once all of it has been read: its object key, size, and SHA-256 in lower-case hex. */
public record FetchedFile(String key, long bytes, String sha256) {}
