package org.manusroutes.notify.markdown;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.manusroutes.text.Untrusted;

/** The words within a node, on one line and without marks. */
public final class Words extends AbstractVisitor {
    private final StringBuilder words = new StringBuilder();

    private Words() {}

    /** Clean, also of what was written as an entity; blanks as {@link Untrusted#line} leaves them. */
    public static String of(Node node) {
        Words all = new Words();
        all.visitChildren(node);
        return Untrusted.line(all.words);
    }

    /** As they stand there, of this node itself too. */
    static String ofThis(Node node) {
        Words all = new Words();
        node.accept(all);
        return all.words.toString();
    }

    @Override
    public void visit(Text text) {
        words.append(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
        words.append(code.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
        words.append(html.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        words.append(' ');
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        words.append(' ');
    }
}
