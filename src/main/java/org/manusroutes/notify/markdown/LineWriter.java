package org.manusroutes.notify.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.jspecify.annotations.Nullable;
import org.manusroutes.text.Untrusted;

/** Turns a document into lines: for channels that know marks within a line, and no structure above it. */
final class LineWriter extends AbstractVisitor {
    private static final String RULE = "\u2500".repeat(20);
    private static final String[] BULLETS = {"\u2022 ", "\u25E6 "};
    private static final int LINKS_OF_A_TABLE = 10;

    private final int width;
    private final List<Line> lines = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private Run style = Run.PLAIN;
    private String indent = "";
    /** What the next line begins with instead of the indent. */
    private @Nullable String mark;

    private int quotes;
    private int lists;

    private LineWriter(int width) {
        this.width = width;
    }

    static List<Line> lines(Node document, int width) {
        LineWriter writer = new LineWriter(width);
        document.accept(writer);
        return Line.withoutEmptyEnds(writer.lines);
    }

    /** An empty line before a block, but none where a list follows its introduction, or within an item. */
    private void begin(Block block) {
        Node before = block.getPrevious();
        boolean together = before == null
                || block.getParent() instanceof ListItem
                || (before instanceof Paragraph && block instanceof ListBlock);
        if (!together) {
            lines.add(new Line(quotes > 0, "", List.of(), false));
        }
    }

    private void add(String text) {
        if (!text.isEmpty()) {
            runs.add(style.withText(text));
        }
    }

    private void endLine() {
        lines.add(new Line(quotes > 0, mark == null ? indent : mark, List.copyOf(runs), false));
        mark = null;
        runs.clear();
    }

    private void within(Run changed, Node node) {
        Run outside = style;
        style = changed;
        visitChildren(node);
        style = outside;
    }

    @Override
    public void visit(Paragraph paragraph) {
        begin(paragraph);
        visitChildren(paragraph);
        endLine();
    }

    @Override
    public void visit(Heading heading) {
        begin(heading);
        within(style.withBold(), heading);
        endLine();
    }

    @Override
    public void visit(BlockQuote quote) {
        begin(quote);
        quotes++;
        visitChildren(quote);
        quotes--;
    }

    @Override
    public void visit(BulletList list) {
        begin(list);
        String bullet = BULLETS[lists++ % BULLETS.length];
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            item(item, bullet);
        }
        lists--;
    }

    @Override
    public void visit(OrderedList list) {
        begin(list);
        lists++;
        Integer start = list.getMarkerStartNumber();
        long number = start == null ? 1 : start;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            item(item, number++ + ". ");
        }
        lists--;
    }

    private void item(Node item, String bullet) {
        String outside = indent;
        mark = (mark == null ? indent : mark) + bullet;
        indent = outside + "    ";
        visitChildren(item);
        if (mark != null) {
            endLine(); // nothing in it
        }
        indent = outside;
    }

    @Override
    public void visit(FencedCodeBlock block) {
        code(block, block.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock block) {
        code(block, block.getLiteral());
    }

    private void code(Block block, String literal) {
        begin(block);
        endMark();
        Untrusted.code(literal).lines().map(Line::ofCode).forEach(lines::add);
    }

    /** A block that begins at the margin cannot stand behind the mark of an item. */
    private void endMark() {
        if (mark != null) {
            endLine();
        }
    }

    @Override
    public void visit(ThematicBreak rule) {
        begin(rule);
        add(RULE);
        endLine();
    }

    @Override
    public void visit(CustomBlock block) {
        if (!(block instanceof TableBlock)) {
            visitChildren(block);
            return;
        }
        begin(block);
        endMark();
        TextTable table = new TextTable(block);
        table.lines(width).stream().map(Line::ofCode).forEach(lines::add);
        table.links().limit(LINKS_OF_A_TABLE).forEach(link -> {
            runs.addAll(link.runs(style));
            endLine();
        });
    }

    @Override
    public void visit(Emphasis emphasis) {
        within(style.withItalic(), emphasis);
    }

    @Override
    public void visit(StrongEmphasis strong) {
        within(style.withBold(), strong);
    }

    @Override
    public void visit(CustomNode node) {
        within(node instanceof Strikethrough ? style.withStrike() : style, node);
    }

    @Override
    public void visit(Code code) {
        String text = Untrusted.piece(code.getLiteral());
        if (!text.isEmpty()) {
            runs.add(style.asCode().withText(text));
        }
    }

    @Override
    public void visit(Link link) {
        runs.addAll(ShownLink.of(link).runs(style));
    }

    @Override
    public void visit(Image image) {
        runs.addAll(ShownLink.of(image).runs(style));
    }

    @Override
    public void visit(Text text) {
        add(Untrusted.piece(text.getLiteral()));
    }

    @Override
    public void visit(HtmlInline html) {
        add(Untrusted.piece(html.getLiteral()));
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        endLine();
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        endLine();
    }
}
