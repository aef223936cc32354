package org.manusroutes.manus.camel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventVariables;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.manus.NewTask;
import org.springframework.util.StringUtils;

/** What a step is about: its options, and the headers, which take precedence. */
final class StepInput {
    private final ManusEndpoint endpoint;
    private final Exchange exchange;

    StepInput(ManusEndpoint endpoint, Exchange exchange) {
        this.endpoint = endpoint;
        this.exchange = exchange;
    }

    ManusOperation operation() {
        return endpoint.getOperation();
    }

    int limit() {
        return endpoint.getLimit();
    }

    @Nullable
    String cursor() {
        return header(ManusConstants.CURSOR, null);
    }

    /** @throws PermanentFailure when neither the header nor the option says which */
    String taskId() {
        String taskId = header(ManusConstants.TASK_ID, endpoint.getTaskId());
        if (taskId == null) {
            throw new PermanentFailure("manus:" + operation() + " needs the id of a task: the option 'taskId', or the"
                    + " header " + ManusConstants.TASK_ID);
        }
        return taskId;
    }

    NewTask newTask() {
        return new NewTask(
                text(),
                header(ManusConstants.TITLE, endpoint.getTitle()),
                header(ManusConstants.PROJECT_ID, endpoint.getProjectId()),
                header(ManusConstants.AGENT_PROFILE, endpoint.getAgentProfile()));
    }

    /**
     * The body as text; bytes, streams and files are read as UTF-8.
     *
     * @throws PermanentFailure when it holds no words
     */
    String text() {
        Object body = exchange.getMessage().getBody();
        String text = null;
        if (body instanceof CharSequence words) {
            text = words.toString();
        } else if (body != null && !(body instanceof Iterable<?>) && !(body instanceof Map<?, ?>)) {
            byte[] bytes = exchange.getMessage().getBody(byte[].class);
            text = bytes == null
                    ? exchange.getMessage().getBody(String.class)
                    : new String(bytes, StandardCharsets.UTF_8);
        }
        if (!StringUtils.hasText(text)) {
            throw new PermanentFailure("manus:" + operation() + " sends the body, and that "
                    + (body == null || text != null
                            ? "is empty"
                            : "is no text, but a " + body.getClass().getSimpleName())
                    + ": set it before, by setBody");
        }
        return text;
    }

    /**
     * Under which a task is created once: what is given, else the event's key and the step.
     *
     * @throws PermanentFailure when nothing is given, and there is no event
     */
    String taskKey() {
        String given = header(ManusConstants.TASK_KEY, endpoint.getTaskKey());
        if (given != null) {
            return given;
        }
        String event = exchange.getVariable(EventVariables.EVENT_KEY, String.class);
        if (!StringUtils.hasText(event)) {
            throw new PermanentFailure("manus:createTask belongs to no event: the variable eventKey is empty here; set"
                    + " the header " + ManusConstants.TASK_KEY + " to what is the same when the step is tried again");
        }
        return Stream.of(
                        event + '/' + step(),
                        exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX),
                        exchange.getProperty(ExchangePropertyKey.LOOP_INDEX))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .collect(Collectors.joining("-"));
    }

    /** Its id; of one that has none, its route's, for Camel's own ids are others in the next version of the routes. */
    private String step() {
        String id = exchange.getExchangeExtension().getHistoryNodeId();
        ProcessorDefinition<?> step = id == null
                ? null
                : exchange.getContext()
                        .getCamelContextExtension()
                        .getContextPlugin(Model.class)
                        .getProcessorDefinition(id);
        return step != null && step.hasCustomIdAssigned() ? id : ExchangeHelper.getAtRouteId(exchange);
    }

    /** The task whose event is being worked on; null for none. */
    @Nullable
    String parent() {
        return exchange.getVariable(EventVariables.TASK_ID, String.class);
    }

    /** When an earlier attempt may have begun; null when this is the first. */
    @Nullable
    Instant triedSince() {
        Integer attempt = exchange.getVariable(EventVariables.ATTEMPT, Integer.class);
        return attempt == null || attempt == 1 ? null : exchange.getVariable(EventVariables.RECEIVED_AT, Instant.class);
    }

    private @Nullable String header(String name, @Nullable String option) {
        String header = exchange.getMessage().getHeader(name, String.class);
        String value = StringUtils.hasText(header) ? header : option;
        return StringUtils.hasText(value) ? value : null;
    }

    /** For people: what it would do. */
    @Override
    public String toString() {
        return switch (operation()) {
            case createTask -> {
                NewTask task = newTask();
                yield "createTask, under the key " + taskKey()
                        + Stream.of(
                                        line("title", task.title()),
                                        line("project", task.projectId()),
                                        line("agent", task.agentProfile()),
                                        line("prompt", task.prompt()))
                                .collect(Collectors.joining());
            }
            case sendMessage -> "sendMessage, to the task " + taskId() + line("message", text());
            default -> operation() + ", of the task " + taskId();
        };
    }

    private static String line(String name, @Nullable String value) {
        return value == null ? "" : "\n  " + name + ": " + value.strip().replace("\n", "\n    ");
    }
}
