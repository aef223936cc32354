package org.manusroutes.notify.markdown;

import java.util.function.UnaryOperator;
import org.commonmark.node.Block;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.jspecify.annotations.Nullable;

/** What touches a link on its line: a reader takes it and the link's words for one word. */
final class Neighbours {
    private static final int FAR_ENOUGH = 100;

    private Neighbours() {}

    /** The words, with all before and after them up to the next blank. */
    static String with(Node node, String words) {
        StringBuilder all = new StringBuilder(words);
        for (Node near = next(node, Node::getPrevious); near != null; near = next(near, Node::getPrevious)) {
            String text = Words.ofThis(near);
            int blank = lastBlank(text);
            all.insert(0, text.substring(blank + 1));
            if (ends(near, blank >= 0, all)) {
                break;
            }
        }
        for (Node near = next(node, Node::getNext); near != null; near = next(near, Node::getNext)) {
            String text = Words.ofThis(near);
            int blank = firstBlank(text);
            all.append(blank < 0 ? text : text.substring(0, blank));
            if (ends(near, blank >= 0, all)) {
                break;
            }
        }
        return all.toString();
    }

    private static boolean ends(Node near, boolean blank, StringBuilder all) {
        return blank || near instanceof SoftLineBreak || near instanceof HardLineBreak || all.length() > FAR_ENOUGH;
    }

    /** Out of what encloses it, but not out of its block. */
    private static @Nullable Node next(Node node, UnaryOperator<@Nullable Node> sibling) {
        for (Node one = node; one != null && !(one instanceof Block); one = one.getParent()) {
            Node next = sibling.apply(one);
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    private static int firstBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isBlank(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static int lastBlank(String text) {
        int last = text.length() - 1;
        while (last >= 0 && !isBlank(text.charAt(last))) {
            last--;
        }
        return last;
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
