package org.manusroutes.notify.markdown;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Document;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** Finds out whether a text is the same with Markdown and without: paragraphs, and not a mark or an escape in them. */
final class Plainness extends AbstractVisitor {
    private final StringBuilder words = new StringBuilder();

    private Plainness() {}

    static boolean is(Node document, String source) {
        if (!consistsOfText(document)) {
            return false;
        }
        Plainness all = new Plainness();
        document.accept(all);
        return squeezed(all.words).equals(squeezed(source));
    }

    private static boolean consistsOfText(Node node) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            if (!consistsOfText(child)) {
                return false;
            }
        }
        return node instanceof Document
                || node instanceof Paragraph
                || node instanceof Text
                || node instanceof SoftLineBreak
                || node instanceof HardLineBreak
                || node instanceof HtmlInline;
    }

    private static String squeezed(CharSequence text) {
        StringBuilder out = new StringBuilder(text.length());
        text.chars().filter(c -> c != ' ' && c != '\t' && c != '\n').forEach(c -> out.append((char) c));
        return out.toString();
    }

    @Override
    public void visit(Text text) {
        words.append(text.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
        words.append(html.getLiteral());
    }
}
