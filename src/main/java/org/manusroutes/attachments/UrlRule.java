package org.manusroutes.attachments;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;

/**
 * Which URLs a file may come from, by what they say; where they lead is {@link GuardedResolver}'s to judge.
 *
 * <p>They are read once, as browsers read them (WHATWG URL), and asked for as they were read: no second parser sees
 * the text, so none can find another host in it.
 */
final class UrlRule {
    /** No name ends so (WHATWG URL, "ends in a number"), but some parsers read an IPv4 address in it. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,30}):.*", Pattern.DOTALL);
    private static final Pattern NO_HOST = Pattern.compile("(?i)https?:[/\\\\]{3}.*", Pattern.DOTALL);

    private final boolean allowHttp;
    private final String patterns;
    private final List<Pattern> hosts;

    /** @param hosts names, where {@code *} stands for one or more labels */
    UrlRule(boolean allowHttp, List<String> hosts) {
        this.allowHttp = allowHttp;
        this.patterns = String.join(", ", hosts);
        this.hosts = hosts.stream().map(UrlRule::pattern).toList();
    }

    /**
     * The URL as it may be requested.
     *
     * @throws PermanentFailure when it may not; the message never holds the query, which is a signature
     */
    HttpUrl check(String url) {
        String text = url.strip();
        Matcher scheme = SCHEME.matcher(text);
        String name = scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "";
        if (!name.equals("https") && !name.equals("http")) {
            throw new PermanentFailure("The URL has the scheme '" + name + "'; files come over https");
        }
        if (NO_HOST.matcher(text).matches()) {
            throw new PermanentFailure("The URL has no host that is a name or an address");
        }
        return judged(HttpUrl.parse(text));
    }

    /** An address of a redirect, relative to where it was found, and checked like the first. */
    HttpUrl check(HttpUrl from, String location) {
        return judged(from.resolve(asSent(location)));
    }

    private HttpUrl judged(@Nullable HttpUrl url) {
        if (url == null) {
            throw new PermanentFailure("The URL is malformed, or its scheme is not https");
        }
        if (!url.isHttps() && !allowHttp) {
            throw new PermanentFailure("The URL is plain http (manus.attachments.allow-http is false)");
        }
        if (!url.encodedUsername().isEmpty() || !url.encodedPassword().isEmpty()) {
            throw new PermanentFailure("The URL holds a user name, which no file of Manus needs");
        }
        String host = url.host();
        if (ENDS_IN_A_NUMBER.matcher(host).matches() && !IPV4.matcher(host).matches()) {
            throw new PermanentFailure("Host " + host + " is an address in disguise");
        }
        if (hosts.stream().noneMatch(allowed -> allowed.matcher(host).matches())) {
            throw new PermanentFailure(
                    "Host " + host + " is not among manus.attachments.allowed-hosts (" + patterns + ")");
        }
        if (!allowHttp && url.port() != 443) {
            throw new PermanentFailure("The URL names port " + url.port()
                    + "; only 443 is asked unless manus.attachments.allow-http is true");
        }
        return url;
    }

    /** A header comes with a character for each byte; hosts that send names as they are send them in UTF-8. */
    private static String asSent(String header) {
        byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return header;
        }
    }

    private static Pattern pattern(String host) {
        String labels = host.strip()
                .toLowerCase(Locale.ROOT)
                .chars()
                .mapToObj(c -> c == '*' ? ".+" : Pattern.quote(Character.toString(c)))
                .collect(Collectors.joining());
        return Pattern.compile(labels);
    }
}
