package org.manusroutes.notify.markdown;

import java.net.URI;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;
import org.manusroutes.text.Untrusted;
import org.manusroutes.text.WebLink;

/**
 * A link such that nobody is taken elsewhere than the words say. Words that look like an address are a link only to
 * that address; else they stay beside it as text, and the target is what is clicked on.
 *
 * @param before text, not a link
 * @param words of the link; empty without a url
 * @param url null for what is no address of the web
 */
public record ShownLink(
        String before, String words, @Nullable String url) {
    private static final int SHOWN = 100;

    /** What is no letter, digit, dot or dash ends a name of a host. */
    private static final Pattern NO_HOST = Pattern.compile("[^\\p{L}\\p{M}\\p{N}.-]+");

    private static final Pattern HOST = Pattern.compile("[^.]+(\\.[^.]+)*\\.(\\p{L}{2,}|xn--[a-z0-9-]+)");
    private static final Pattern NUMBERS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cf}\\p{Cc}\u115F\u1160\u3164\u034F\u2800\uFE00-\uFE0F]");
    private static final Pattern DOTS = Pattern.compile("[\u3002\uFF0E\uFF61\u2024\u00B7]");
    private static final Pattern SLASHES = Pattern.compile("[\u2044\u2215\u29F8\u2571]");
    private static final Pattern COLONS = Pattern.compile("[\u2236\uA789\u02D0]");
    private static final Pattern SCHEME = Pattern.compile("^https?://");

    /** Endings of files that are no top-level domain: {@code report.pdf} is not taken for a host. */
    private static final Pattern FILE =
            Pattern.compile(".*\\.(pdf|csv|tsv|xlsx?|docx?|pptx?|txt|json|html?|png|jpe?g|gif|svg|xml|ya?ml|log)");

    /** Of an image, its alternative text leads to it: nothing is loaded until somebody clicks. */
    public static ShownLink of(Image image) {
        String words = Words.of(image);
        return of(image, words.isEmpty() ? "image" : words, image.getDestination());
    }

    public static ShownLink of(Link link) {
        return of(link, Words.of(link), link.getDestination());
    }

    private static ShownLink of(Node node, String words, @Nullable String destination) {
        String url = WebLink.of(destination);
        if (url == null) {
            String target = Untrusted.cut(Untrusted.line(destination), SHOWN);
            boolean said = target.isEmpty() || target.equals(words) || target.equals("mailto:" + words);
            return new ShownLink(said ? words : (words + " (" + target + ")").strip(), "", null);
        }
        String seen = comparable(words);
        if (seen.isEmpty() || seen.equals(comparable(url))) {
            return new ShownLink("", display(url), url);
        }
        return pretends(comparable(Neighbours.with(node, words)), url)
                ? new ShownLink(words, display(url), url)
                : new ShownLink("", words, url);
    }

    /** In the style of what is around it; the target stands in brackets behind the words that it does not fit. */
    List<Run> runs(Run style) {
        if (url == null) {
            return before.isEmpty() ? List.of() : List.of(style.withText(before));
        }
        Run link = style.withText(words).to(url);
        return before.isEmpty() ? List.of(link) : List.of(style.withText(before + " ("), link, style.withText(")"));
    }

    /** The address, or its beginning: the host is always in it. */
    public static String display(String url) {
        int path = url.indexOf('/', url.indexOf("//") + 2);
        return Untrusted.cut(url, Math.max(SHOWN, path < 0 ? url.length() : path + 2));
    }

    private static boolean pretends(String said, String url) {
        if (said.contains(":/") || (said.contains("/") && looksLikeHost(said.substring(0, said.indexOf('/'))))) {
            return true; // a whole address, and not this one
        }
        String host = bare(URI.create(url).getHost().toLowerCase(Locale.ROOT)); // in ASCII: no look-alike equals it
        return NO_HOST.splitAsStream(said)
                .map(token -> token.replaceAll("^[.-]+|[.-]+$", ""))
                .anyMatch(token -> looksLikeHost(token) && !bare(token).equals(host));
    }

    private static boolean looksLikeHost(String token) {
        return (HOST.matcher(token).matches() && !FILE.matcher(token).matches())
                || NUMBERS.matcher(token).matches()
                || token.equals("localhost");
    }

    /** As a reader sees it: without what is invisible, without the scheme, look-alikes of the dot as dots. */
    private static String comparable(String text) {
        String seen = Normalizer.normalize(text, Normalizer.Form.NFKC);
        seen = INVISIBLE.matcher(seen).replaceAll("");
        seen = DOTS.matcher(seen).replaceAll(".");
        seen = SLASHES.matcher(seen).replaceAll("/");
        seen = COLONS.matcher(seen).replaceAll(":");
        seen = SCHEME.matcher(seen.toLowerCase(Locale.ROOT).strip()).replaceFirst("");
        return seen.endsWith("/") ? seen.substring(0, seen.length() - 1) : seen;
    }

    private static String bare(String host) {
        return host.startsWith("www.") ? host.substring(4) : host;
    }
}
