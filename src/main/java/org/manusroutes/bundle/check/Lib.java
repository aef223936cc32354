package org.manusroutes.bundle.check;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to type when a jar is missing. */
final class Lib {
    private static final Pattern DATA_FORMAT = Pattern.compile("Data format '([\\w-]+)' could not be created");

    /** Only of this pattern is the implementation in a jar of its own. */
    private static final Pattern CIRCUIT_BREAKER = Pattern.compile("Cannot find camel-(resilience4j)");

    private Lib() {}

    /** @param what a component, a language, a data format or an artifact, as the command knows it */
    static String add(String what) {
        return "java -jar manus-webhook-routes.jar lib add " + what;
    }

    /**
     * What a message of Camel says of a missing jar, and of which word of the file; empty when it says something else.
     */
    static Optional<Map.Entry<String, String>> missing(String message) {
        Matcher dataFormat = DATA_FORMAT.matcher(message);
        if (dataFormat.find()) {
            String name = dataFormat.group(1);
            return Optional.of(Map.entry(name, "there is no data format '" + name + "': " + add(name)));
        }
        Matcher circuitBreaker = CIRCUIT_BREAKER.matcher(message);
        return circuitBreaker.find()
                ? Optional.of(
                        Map.entry("circuitBreaker", "'circuitBreaker' needs a jar: " + add(circuitBreaker.group(1))))
                : Optional.empty();
    }
}
