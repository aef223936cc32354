package org.manusroutes.manus;

/** A file that Manus has, to be named in a message. */
public record UploadedFile(String fileId, String filename) {}
