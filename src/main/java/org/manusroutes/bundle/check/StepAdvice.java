package org.manusroutes.bundle.check;

import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RouteTree;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Warnings about the steps of one file, in the order in which they run. */
final class StepAdvice {
    /** What is sent there leaves the process; twice is not the same as once. */
    private static final Pattern OUTSIDE = Pattern.compile(
            "https?|slack|smtps?|kafka|jms|activemq6?|amqp|spring-rabbitmq|paho.*|s?ftps?|aws2-(?!s3).*|mongodb.*");

    /** Those take text or bytes, and no Map. */
    private static final Pattern TEXT = Pattern.compile("https?|kafka|amqp|spring-rabbitmq|paho.*|nats|s?ftps?");

    private static final Set<String> CHANGES_BODY = Set.of(
            "setBody",
            "transform",
            "marshal",
            "unmarshal",
            "convertBodyTo",
            "bean",
            "process",
            "enrich",
            "pollEnrich",
            "split",
            "aggregate",
            "to",
            "toD",
            "recipientList",
            "script");

    private final RouteTree tree;
    private final Consumer<Problem> problems;
    /** Whether the body is the event, as a Map, where the walk is. */
    private boolean map;

    StepAdvice(RouteTree tree, Consumer<Problem> problems) {
        this.tree = tree;
        this.problems = problems;
    }

    void check() {
        visit(tree.root(), "", false);
    }

    /** @param once whether a step of this kind is noted in the ledger */
    private void visit(Node node, String owner, boolean once) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(item -> visit(item, owner, once));
        }
        if (node instanceof MappingNode) {
            map = owner.equals("from") ? "direct".equals(RouteTree.text(node, "uri")) : map;
        }
        for (NodeTuple entry : RouteTree.entries(node)) {
            String name = RouteTree.name(entry);
            Node value = entry.getValueNode();
            step(name, value, once, owner);
            boolean ledger = name.equals("idempotentConsumer")
                    && String.valueOf(RouteTree.text(value, "idempotentRepository"))
                            .endsWith("steps");
            visit(value, name, once || ledger);
            map &= !CHANGES_BODY.contains(name) || "direct".equals(RouteTree.text(value, "uri"));
        }
    }

    private void step(String name, Node value, boolean once, String owner) {
        switch (name) {
            case "handled" -> {
                Node constant = RouteTree.value(value, "constant");
                if (owner.equals("onException") && "true".equals(RouteTree.text(constant, "expression"))) {
                    say(value, "a failure that is handled counts as done: the event is not tried again; leave it out");
                }
            }
            case "deadLetterChannel" ->
                say(
                        value,
                        "what goes to a dead letter counts as done: the event is not tried again, and a replay runs the"
                                + " step again; leave it out: the inbox tries again, then parks the event");
            case "maximumRedeliveries" -> {
                if (value instanceof ScalarNode text && text.getValue().startsWith("-")) {
                    say(value, "endless redeliveries hold a worker; leave it out, the inbox tries again");
                }
            }
            case "aggregate" -> aggregate(value);
            case "wireTap", "threads" ->
                say(
                        value,
                        "what goes on by '" + name + "' is lost when this process ends, and the event counts as done");
            case "to", "toD" -> send(value, once);
            case "expression" -> {
                if (RouteTree.isEmpty(value) && !(value instanceof ScalarNode text && !text.isPlain())) {
                    say(value, "the expression is empty; a '#' begins a comment, unless the text is in quotes");
                }
            }
            default -> {
                // anything may stand there
            }
        }
    }

    private void aggregate(Node value) {
        String repository = RouteTree.text(value, "aggregationRepository");
        if (repository == null) {
            say(
                    value,
                    "what it holds is lost by the next edit and by a restart, while its events count as done: "
                            + "aggregationRepository: \"#aggregations\"");
        } else if (repository.endsWith("aggregations") && "true".equals(RouteTree.text(value, "optimisticLocking"))) {
            say(
                    RouteTree.value(value, "optimisticLocking"),
                    "with #aggregations, events wait for each other; leave it out");
        }
    }

    private void send(Node value, boolean once) {
        String uri = RouteTree.text(value, "uri");
        if (uri == null) {
            return;
        }
        String scheme = uri.replaceFirst(":.*", "");
        Node place = RouteTree.value(value, "uri");
        if (scheme.equals("seda")) {
            say(place, "what waits in seda is lost by the next edit and by a restart, while its event counts as done");
        }
        if (map && !once && OUTSIDE.matcher(scheme).matches()) {
            say(
                    place,
                    "when another step fails, the event is tried again and this is sent again: "
                            + "put it into an idempotentConsumer on \"#steps\"");
        }
        if (map && TEXT.matcher(scheme).matches() && RouteTree.text(value, "variableSend") == null) {
            say(place, "the body is a Map here, which '" + scheme + "' would send as {a=b}: marshal it before");
        }
    }

    private void say(@Nullable Node node, String what) {
        problems.accept(Problem.warning(tree.place(node), what));
    }
}
