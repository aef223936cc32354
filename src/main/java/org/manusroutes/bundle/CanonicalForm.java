package org.manusroutes.bundle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The order and style in which the route files are shipped, whatever editor has saved one. The meaning stays: keys are
 * put in order, texts are quoted only where they must be, long ones are folded.
 */
public final class CanonicalForm {
    /** What a reader looks for first. */
    private static final List<String> FIRST = List.of(
            "id",
            "routeConfigurationId",
            "description",
            "note",
            "autoStartup",
            "routePolicy",
            "uri",
            "ref",
            "name",
            "type",
            "idempotentRepository",
            "eager",
            "completionEager",
            "skipDuplicate",
            "variableSend",
            "variableReceive",
            "loggingLevel",
            "logName");

    /** What is long comes last, in the order in which it runs. */
    private static final List<String> LAST = List.of(
            "parameters",
            "expression",
            "exception",
            "redeliveryPolicy",
            "when",
            "otherwise",
            "steps",
            "doCatch",
            "doFinally");

    private static final Comparator<String> ORDER =
            Comparator.comparingInt(CanonicalForm::rank).thenComparing(Comparator.naturalOrder());

    /** Of a line; a text that does not fit beside its key is folded. */
    private static final int WIDTH = 120;

    /** Beginnings and parts that mean something in YAML, and words that mean something to some of its readers. */
    private static final Pattern QUOTED = Pattern.compile(
            "[-?:,\\[\\]{}#&*!|>'\"%@` ].*|.*(: | #).*|.*[: ]|(?i:yes|no|on|off|y|n|true|false|null|~)|",
            Pattern.DOTALL);

    private static final LoadSettings LOAD = LoadSettings.builder().build();
    private static final DumpSettings DUMP = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(WIDTH)
            .setSplitLines(true)
            .build();

    private CanonicalForm() {}

    /** What the file reads that lists these elements. */
    public static String of(SequenceNode elements) {
        String written = text(ordered(elements, 0))
                .lines()
                .map(line -> line.startsWith("  ") ? line.substring(2) : line) // the outermost list is not indented
                .collect(Collectors.joining("\n", "", "\n"));
        if (!new Load(LOAD).loadFromString(written).equals(new Load(LOAD).loadFromString(text(elements)))) {
            throw new IllegalStateException("the canonical form means something else; please report it");
        }
        return written;
    }

    private static String text(Node node) {
        return new Present(DUMP)
                .emitToString(new Serialize(DUMP).serializeOne(node).iterator());
    }

    /** @param column where it begins */
    private static Node ordered(Node node, int column) {
        if (node instanceof MappingNode mapping) {
            List<NodeTuple> entries = new ArrayList<>(mapping.getValue());
            entries.sort(Comparator.comparing(RouteTree::name, ORDER));
            entries.replaceAll(entry -> {
                Node value = entry.getValueNode();
                int beside = column + RouteTree.name(entry).length() + 2;
                return new NodeTuple(
                        ordered(entry.getKeyNode(), column),
                        ordered(value, value instanceof ScalarNode ? beside : column + 2));
            });
            return new MappingNode(mapping.getTag(), entries, FlowStyle.BLOCK);
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = sequence.getValue().stream()
                    .map(item -> ordered(item, column + 2))
                    .toList();
            return new SequenceNode(sequence.getTag(), items, items.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        ScalarNode scalar = (ScalarNode) node;
        if (resolved(scalar.getValue()).equals(Tag.ENV_TAG)) {
            return new ScalarNode(Tag.ENV_TAG, scalar.getValue(), ScalarStyle.PLAIN); // ${body}: a text like any other
        }
        return new ScalarNode(scalar.getTag(), scalar.getValue(), style(scalar, column));
    }

    private static ScalarStyle style(ScalarNode scalar, int column) {
        String value = scalar.getValue();
        if (!scalar.getTag().equals(Tag.STR)) {
            return ScalarStyle.PLAIN;
        }
        if (value.contains("\n")) {
            return ScalarStyle.LITERAL;
        }
        if (column + value.length() > WIDTH - 5 && !value.contains("  ")) {
            return ScalarStyle.FOLDED;
        }
        return !resolved(value).equals(Tag.STR) || QUOTED.matcher(value).matches()
                ? ScalarStyle.DOUBLE_QUOTED
                : ScalarStyle.PLAIN;
    }

    /** What a plain text would be taken for. */
    private static Tag resolved(String value) {
        return LOAD.getSchema().getScalarResolver().resolve(value, true);
    }

    private static int rank(String key) {
        int first = FIRST.indexOf(key);
        int last = LAST.indexOf(key);
        return first >= 0 ? first : last >= 0 ? FIRST.size() + 1 + last : FIRST.size();
    }
}
