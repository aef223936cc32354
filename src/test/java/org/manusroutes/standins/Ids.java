package org.manusroutes.standins;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Ids of the kind that Manus gives. */
final class Ids {
    private static final String BASE_62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Ids() {}

    /** 22 characters of base 62, as seen. */
    static String taskId() {
        return ThreadLocalRandom.current()
                .ints(22, 0, BASE_62.length())
                .mapToObj(i -> BASE_62.substring(i, i + 1))
                .collect(Collectors.joining());
    }
}
