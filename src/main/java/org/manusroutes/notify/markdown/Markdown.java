package org.manusroutes.notify.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;
import org.manusroutes.text.Untrusted;

/**
 * A message, parsed once: Markdown as on GitHub, but HTML is text. Length, nesting and columns are bounded before it is
 * parsed, so that no message takes long or much memory.
 *
 * <p>A message without any Markdown has no document, and is shown as it is written.
 */
public final class Markdown {
    /** What a mail shows; Slack shows less. */
    static final int LIMIT = 20_000;

    private static final int NESTING = 20;
    /** Rows are filled up to as many cells as the head has: a head of thousands would make millions. */
    private static final int COLUMNS = 30;

    private static final Parser WITH_TABLES =
            parser(List.of(TablesExtension.create(), StrikethroughExtension.create(), AutolinkExtension.create()));
    private static final Parser WITHOUT_TABLES =
            parser(List.of(StrikethroughExtension.create(), AutolinkExtension.create()));

    private final String source;
    private final boolean cut;
    private final @Nullable Node document;

    private Markdown(String source, boolean cut, @Nullable Node document) {
        this.source = source;
        this.cut = cut;
        this.document = document;
    }

    /** Written by an agent. */
    public static Markdown of(String text) {
        String source = bounded(text);
        Node document = (hasWideLine(source) ? WITHOUT_TABLES : WITH_TABLES).parse(source);
        boolean asItIs = Plainness.is(document, source) || showsNothing(document);
        return new Markdown(source, source.length() < text.length(), asItIs ? null : document);
    }

    /** As definitions of links without a link do. */
    private static boolean showsNothing(Node document) {
        return Words.of(document).isEmpty()
                && LineWriter.lines(document, 1).stream()
                        .allMatch(line -> line.indent().isBlank() && line.text().isBlank());
    }

    /** Written by ourselves: whatever is in it means nothing. */
    public static Markdown literal(String text) {
        String source = bounded(text);
        return new Markdown(source, source.length() < text.length(), null);
    }

    public boolean isEmpty() {
        return source.isEmpty();
    }

    /** What was parsed; null when nothing in it is Markdown, and {@link #source} is all there is to show. */
    public @Nullable Node document() {
        return document;
    }

    /** The text as it came, or its beginning. */
    public String source() {
        return source;
    }

    /** Whether more was written than is here. */
    public boolean isCut() {
        return cut;
    }

    /**
     * The lines as people read them, the last one an ellipsis when it is cut.
     *
     * @param width most columns of a table
     */
    public List<Line> lines(int width) {
        List<Line> lines = new ArrayList<>(
                document == null ? source.lines().map(Line::of).toList() : LineWriter.lines(document, width));
        if (cut) {
            lines.add(Line.of(Untrusted.ELLIPSIS));
        }
        return lines;
    }

    /** For a reader of plain text: links as {@code words (address)}, tables aligned. */
    public String text(int width) {
        return lines(width).stream().map(Markdown::text).collect(Collectors.joining("\n"));
    }

    private static String text(Line line) {
        StringBuilder out = new StringBuilder(line.quoted() ? "> " : "").append(line.indent());
        for (Run run : line.runs()) {
            String url = run.url();
            boolean whole = url != null && run.text().equals(ShownLink.display(url));
            String words = url != null && whole ? url : run.text();
            out.append(run.struck() ? "~" + words + "~" : words);
            out.append(url == null || whole ? "" : " (" + url + ")");
        }
        return out.toString().stripTrailing();
    }

    /** At the end of a line when there is one near the limit: no construct that fits a line is cut. */
    private static String bounded(String text) {
        if (text.length() <= LIMIT) {
            return text;
        }
        int end = text.lastIndexOf('\n', LIMIT);
        if (end > LIMIT * 9 / 10) {
            return text.substring(0, end);
        }
        String beginning = Untrusted.cut(text.substring(0, LIMIT), LIMIT - 1);
        return beginning.substring(0, beginning.length() - 1);
    }

    private static boolean hasWideLine(String text) {
        return text.lines().anyMatch(line -> line.chars().filter(c -> c == '|').count() > COLUMNS);
    }

    private static Parser parser(List<org.commonmark.Extension> extensions) {
        return Parser.builder()
                .extensions(extensions)
                .enabledBlockTypes(Set.of(
                        Heading.class,
                        FencedCodeBlock.class,
                        IndentedCodeBlock.class,
                        ThematicBreak.class,
                        ListBlock.class,
                        BlockQuote.class))
                .maxOpenBlockParsers(NESTING)
                .maxInlineNesting(NESTING)
                .build();
    }
}
