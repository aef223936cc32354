package org.manusroutes.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides which addresses out of an event people may click on. */
public final class WebLink {
    /** Slack takes 3000 with its escapes. */
    static final int LIMIT = 2000;

    private static final String TO_ENCODE = " \"<>|\\^`{}";

    private WebLink() {}

    /** The address in ASCII, without {@code < > | "}; null unless it is http(s) with a host and without a user. */
    public static @Nullable String of(@Nullable Object value) {
        if (!(value instanceof String text)
                || text.length() > LIMIT
                || !Untrusted.line(text).equals(text)) {
            return null;
        }
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (TO_ENCODE.indexOf(c) >= 0) {
                encoded.append('%').append(Integer.toHexString(c).toUpperCase(Locale.ROOT));
            } else {
                encoded.append(c);
            }
        }
        try {
            URI uri = new URI(encoded.toString());
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            String ascii = uri.toASCIIString();
            return web && uri.getHost() != null && uri.getUserInfo() == null && ascii.length() <= LIMIT ? ascii : null;
        } catch (URISyntaxException e) {
            // not an address, hence not a link: the text beside it is shown all the same
            return null;
        }
    }
}
