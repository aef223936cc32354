package org.manusroutes.answers;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times for people. */
public final class Moments {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("d MMM yyyy HH:mm z", Locale.ENGLISH);

    private final ZoneId zone;

    /**
     * In a time zone.
     *
     * @param zone {@code manus.time-zone}, Europe/Berlin for example; blank for that of the machine
     * @throws IllegalArgumentException when there is no such zone
     */
    public Moments(String zone) {
        try {
            this.zone = zone.isBlank() ? ZoneId.systemDefault() : ZoneId.of(zone.strip());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "manus.time-zone: there is no time zone '" + zone + "'; write Europe/Berlin, for example", e);
        }
    }

    String of(Instant time) {
        return FORM.format(time.atZone(zone));
    }
}
