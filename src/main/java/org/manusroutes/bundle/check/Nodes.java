package org.manusroutes.bundle.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.RouteTree;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Makes nodes of YAML, as {@link RouteTree} reads them. */
final class Nodes {
    private Nodes() {}

    /** A number or truth where the text looks like one. */
    static ScalarNode text(String text) {
        Tag tag = text.matches("0|-?[1-9]\\d{0,17}") ? Tag.INT : text.matches("true|false") ? Tag.BOOL : Tag.STR;
        return new ScalarNode(tag, text, tag.equals(Tag.STR) ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN);
    }

    static MappingNode mapping(Map<String, ? extends Node> options) {
        List<NodeTuple> entries = options.entrySet().stream()
                .map(option ->
                        new NodeTuple(new ScalarNode(Tag.STR, option.getKey(), ScalarStyle.PLAIN), option.getValue()))
                .toList();
        return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
    }

    static SequenceNode list(List<? extends Node> items) {
        return new SequenceNode(Tag.SEQ, List.copyOf(items), FlowStyle.BLOCK);
    }

    /** Those of a mapping, to be changed; none of null and of what is no mapping. */
    static Map<String, Node> options(@Nullable Node mapping) {
        Map<String, Node> options = new LinkedHashMap<>();
        RouteTree.entries(mapping).forEach(entry -> options.put(RouteTree.name(entry), entry.getValueNode()));
        return options;
    }
}
