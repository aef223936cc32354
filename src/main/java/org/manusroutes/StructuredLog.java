package org.manusroutes;

import java.util.regex.Pattern;
import org.manusroutes.text.Secrets;
import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.json.JsonWriter.ValueProcessor;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Keeps a log in JSON ({@code logging.structured.format}) as clean as the patterns in {@code application.yaml} keep one
 * in lines: no controls and bidirectional marks, no password of a URL, no text that fills a disk.
 */
final class StructuredLog implements StructuredLoggingJsonMembersCustomizer<Object> {
    private static final int LONGEST = 30_000;
    /** All controls but tab and line ends; marks that turn the direction of writing. */
    private static final Pattern STEERING = Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f]|\\r(?!\\n)"
            + "|[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

    @Override
    public void customize(Members<Object> members) {
        members.applyingValueProcessor(ValueProcessor.of(String.class, StructuredLog::clean));
    }

    static String clean(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return Secrets.masked(STEERING.matcher(cut).replaceAll("?"));
    }
}
