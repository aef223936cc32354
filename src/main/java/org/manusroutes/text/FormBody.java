package org.manusroutes.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of a form, {@code application/x-www-form-urlencoded} in UTF-8 (WHATWG URL, 5.1). */
public final class FormBody {
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    /** Reads a body; a field that cannot be decoded is not there, as no browser sends it. */
    public FormBody(byte[] body) {
        for (String field : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = field.indexOf('=');
            try {
                if (equals > 0) {
                    String value = decoded(field.substring(equals + 1));
                    fields.computeIfAbsent(decoded(field.substring(0, equals)), name -> new ArrayList<>())
                            .add(value);
                }
            } catch (IllegalArgumentException notEncoded) {
                // said above
            }
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Names, in their order. */
    public List<String> names() {
        return List.copyOf(fields.keySet());
    }

    /** The first value of a field; empty when there is none. */
    public String first(String name) {
        return fields.containsKey(name) ? fields.get(name).get(0) : "";
    }

    /** All values of a field; empty when there are none. */
    public List<String> all(String name) {
        return List.copyOf(fields.getOrDefault(name, List.of()));
    }
}
