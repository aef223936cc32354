package org.manusroutes.notify.mail;

import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
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
import org.manusroutes.notify.markdown.Markdown;
import org.manusroutes.notify.markdown.ShownLink;
import org.manusroutes.text.Untrusted;

/**
 * A message as HTML of our own making: each element is written here, with {@code href} and {@code style} as its only
 * attributes, and {@code start} for the number of a list; every text is escaped, and nothing is loaded.
 */
final class MarkdownHtml extends AbstractVisitor {
    /** Marks of a few letters become elements of many: a message of nothing else is shown as it is written. */
    private static final int LIMIT = 400_000;

    private final StringBuilder html = new StringBuilder();

    private MarkdownHtml() {}

    static String of(Markdown message) {
        Node document = message.document();
        if (document != null) {
            MarkdownHtml written = new MarkdownHtml();
            document.accept(written);
            if (written.html.length() <= LIMIT) {
                return written.html + (message.isCut() ? Html.element("p", Html.PARAGRAPH, Untrusted.ELLIPSIS) : "");
            }
        }
        String text = message.source() + (message.isCut() ? Untrusted.ELLIPSIS : "");
        return Html.element("p", Html.PARAGRAPH + ";white-space:pre-wrap", Html.escape(text));
    }

    private void element(String name, String style, Node node) {
        html.append('<').append(name);
        if (!style.isEmpty()) {
            html.append(" style=\"").append(style).append('"');
        }
        html.append('>');
        if (html.length() <= LIMIT) {
            visitChildren(node);
        }
        html.append("</").append(name).append('>');
    }

    private void text(String literal) {
        html.append(Html.escape(Untrusted.piece(literal)));
    }

    @Override
    public void visit(Paragraph paragraph) {
        boolean alone = paragraph.getParent() instanceof ListItem
                && paragraph.getParent().getParent() instanceof ListBlock list
                && list.isTight();
        boolean quoted = paragraph.getParent() instanceof BlockQuote;
        element(alone ? "div" : "p", alone ? "" : quoted ? Html.QUOTED : Html.PARAGRAPH, paragraph);
    }

    @Override
    public void visit(Heading heading) {
        int size = Math.max(15, 20 - heading.getLevel());
        element(
                "h" + Math.min(6, heading.getLevel() + 1), // the title of the mail is above all
                "margin:18px 0 8px;line-height:1.3;font-weight:600;font-size:" + size + "px",
                heading);
    }

    @Override
    public void visit(BlockQuote quote) {
        element("blockquote", Html.QUOTE, quote);
    }

    @Override
    public void visit(BulletList list) {
        element("ul", style(list), list);
    }

    @Override
    public void visit(OrderedList list) {
        Integer start = list.getMarkerStartNumber();
        html.append("<ol start=\"").append(start == null ? 1 : start).append("\" style=\"");
        html.append(style(list)).append("\">");
        visitChildren(list);
        html.append("</ol>");
    }

    private static String style(ListBlock list) {
        return list.getParent() instanceof ListItem ? "margin:0;padding-left:22px" : Html.LIST;
    }

    @Override
    public void visit(ListItem item) {
        element("li", "", item);
    }

    @Override
    public void visit(FencedCodeBlock block) {
        code(block.getLiteral());
    }

    @Override
    public void visit(IndentedCodeBlock block) {
        code(block.getLiteral());
    }

    private void code(String literal) {
        html.append(Html.element(
                "pre", Html.CODE_BLOCK, Html.escape(Untrusted.code(literal).stripTrailing())));
    }

    @Override
    public void visit(ThematicBreak rule) {
        html.append("<hr style=\"").append(Html.RULE).append("\">");
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock) {
            html.append("<div style=\"overflow-x:auto\">"); // wider than a phone
            element("table", Html.TABLE, block);
            html.append("</div>");
        } else {
            visitChildren(block);
        }
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof TableRow) {
            element("tr", "", node);
        } else if (node instanceof TableCell cell) {
            String align = cell.getAlignment() == null || cell.getAlignment() == TableCell.Alignment.LEFT
                    ? "left"
                    : cell.getAlignment() == TableCell.Alignment.RIGHT ? "right" : "center";
            element(
                    cell.isHeader() ? "th" : "td",
                    (cell.isHeader() ? Html.HEAD : Html.CELL) + ";text-align:" + align,
                    cell);
        } else if (node instanceof Strikethrough) {
            element("s", "", node);
        } else {
            visitChildren(node);
        }
    }

    @Override
    public void visit(Emphasis emphasis) {
        element("em", "", emphasis);
    }

    @Override
    public void visit(StrongEmphasis strong) {
        element("strong", "", strong);
    }

    @Override
    public void visit(Code code) {
        html.append(Html.element("code", Html.CODE, Html.escape(Untrusted.piece(code.getLiteral()))));
    }

    @Override
    public void visit(Link link) {
        link(ShownLink.of(link));
    }

    @Override
    public void visit(Image image) {
        link(ShownLink.of(image));
    }

    private void link(ShownLink link) {
        boolean beside = link.url() != null && !link.before().isEmpty();
        html.append(Html.escape(link.before())).append(beside ? " (" : "");
        html.append(link.url() == null ? "" : Html.link(link.url(), link.words()));
        html.append(beside ? ")" : "");
    }

    @Override
    public void visit(Text text) {
        text(text.getLiteral());
    }

    @Override
    public void visit(HtmlInline inline) {
        text(inline.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        html.append("<br>");
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        html.append("<br>");
    }
}
