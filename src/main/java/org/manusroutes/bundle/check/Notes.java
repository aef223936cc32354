package org.manusroutes.bundle.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.RouteTree;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Comments on their way into the {@code note} of the step, or route, that they stand at: an editor keeps those. */
final class Notes {
    private final List<String> lines = new ArrayList<>();
    private final AtomicInteger kept;

    private Notes(AtomicInteger kept) {
        this.kept = kept;
    }

    /** Of a file. */
    Notes() {
        this(new AtomicInteger());
    }

    /** Of one step of it. */
    Notes below() {
        return new Notes(kept);
    }

    /** How many lines have found their place. */
    int kept() {
        return kept.get();
    }

    void takeFrom(Node node) {
        take(node.getBlockComments());
        take(node.getInLineComments());
        take(node.getEndComments());
        node.setBlockComments(List.of());
        node.setInLineComments(List.of());
        node.setEndComments(List.of());
    }

    void takeFromAllIn(Node node) {
        takeFrom(node);
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::takeFromAllIn);
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                takeFromAllIn(entry.getKeyNode());
                takeFromAllIn(entry.getValueNode());
            }
        }
    }

    private void take(@Nullable List<CommentLine> comments) {
        if (comments != null) {
            comments.stream().filter(Notes::says).map(Notes::line).forEach(lines::add);
        }
    }

    static boolean says(CommentLine comment) {
        return comment.getCommentType() != CommentType.BLANK_LINE
                && !line(comment).isEmpty();
    }

    private static String line(CommentLine comment) {
        return comment.getValue().replaceFirst("^#* ?", "").stripTrailing();
    }

    /** The options with these lines in their note, after what is there. */
    Node addTo(Node options) {
        if (lines.isEmpty() || !(options instanceof MappingNode)) {
            return options;
        }
        Map<String, Node> noted = Nodes.options(options);
        String before = RouteTree.text(options, "note");
        String added = String.join("\n", lines);
        noted.put("note", Nodes.text(before == null ? added : before.stripTrailing() + "\n" + added));
        kept.addAndGet(lines.size());
        lines.clear();
        return Nodes.mapping(noted);
    }
}
