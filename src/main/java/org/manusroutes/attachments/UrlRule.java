package org.manusroutes.attachments;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.manusroutes.failure.PermanentFailure;

/** Which URLs a file may come from, by what they say; where they lead is {@link GuardedResolver}'s to judge. */
final class UrlRule {
    /** No name ends so (WHATWG URL, "ends in a number"), but some parsers read an IPv4 address in it. */
    private static final Pattern ENDS_IN_A_NUMBER = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)\\.?");

    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

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
    URI check(String url) {
        URI uri = parse(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new PermanentFailure("The URL has the scheme '" + scheme + "'; files come over https");
        }
        if (scheme.equals("http") && !allowHttp) {
            throw new PermanentFailure("The URL is plain http (manus.attachments.allow-http is false)");
        }
        if (uri.getRawUserInfo() != null) {
            throw new PermanentFailure("The URL holds a user name, which no file of Manus needs");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new PermanentFailure("The URL has no host that is a name or an address");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (ENDS_IN_A_NUMBER.matcher(host).matches() && !IPV4.matcher(host).matches()) {
            throw new PermanentFailure("Host " + host + " is an address in disguise");
        }
        if (hosts.stream().noneMatch(allowed -> allowed.matcher(host).matches())) {
            throw new PermanentFailure(
                    "Host " + host + " is not among manus.attachments.allowed-hosts (" + patterns + ")");
        }
        if (!allowHttp && uri.getPort() != -1 && uri.getPort() != 443) {
            throw new PermanentFailure("The URL names port " + uri.getPort()
                    + "; only 443 is asked unless manus.attachments.allow-http is true");
        }
        return uri;
    }

    /** An address of a redirect, relative to where it was found, and checked like the first. */
    URI check(URI from, String location) {
        return check(from.resolve(parse(location)).toString());
    }

    /** Strict on purpose: what two parsers read in two ways is refused here. */
    private static URI parse(String url) {
        try {
            return new URI(new URI(url.strip()).toASCIIString());
        } catch (URISyntaxException e) {
            throw new PermanentFailure("The URL is malformed: " + e.getReason() + " at position " + e.getIndex());
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
