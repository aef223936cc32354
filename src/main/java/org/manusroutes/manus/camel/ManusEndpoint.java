package org.manusroutes.manus.camel;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.camel.DryEndpoint;

/** Create tasks of Manus, and steer them. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "manus",
        title = "Manus",
        syntax = "manus:operation",
        producerOnly = true,
        category = {Category.AI, Category.SAAS},
        headersClass = ManusConstants.class)
public final class ManusEndpoint extends DefaultEndpoint implements DryEndpoint {
    /** As {@code task.listMessages} has it. */
    private static final int MOST_MESSAGES = 200;

    private final ManusComponent component;

    @UriPath(description = "What to do.")
    @Metadata(required = true)
    private ManusOperation operation = ManusOperation.createTask;

    @UriParam(label = "createTask", description = "The title of the task; without it, Manus finds one.")
    private @Nullable String title;

    @UriParam(label = "createTask", description = "The project that the task belongs to.")
    private @Nullable String projectId;

    @UriParam(label = "createTask", description = "The agent that works on the task.")
    private @Nullable String agentProfile;

    @UriParam(
            label = "createTask",
            description = "Under a key a task is created once; without it, the key is the event's and the step's.")
    private @Nullable String taskKey;

    @UriParam(
            label = "sendMessage,stopTask,task,messages",
            description = "The task; without it, the header CamelManusTaskId says which.")
    private @Nullable String taskId;

    @UriParam(label = "messages", defaultValue = "50", description = "How many messages, the newest first; 1 to 200.")
    private int limit = 50;

    ManusEndpoint(String uri, ManusComponent component) {
        super(uri, component);
        this.component = component;
    }

    @Override
    public Producer createProducer() {
        return new ManusProducer(this, component.calls());
    }

    /**
     * There is none.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("no route begins with 'manus': what Manus tells comes by the webhook,"
                + " to the route dispatch-event");
    }

    @Override
    public String wouldSend(Exchange exchange) {
        return new StepInput(this, exchange).toString();
    }

    @Override
    public void answer(Exchange exchange) {
        DryAnswers.set(new StepInput(this, exchange), exchange);
    }

    public ManusOperation getOperation() {
        return operation;
    }

    public void setOperation(ManusOperation operation) {
        this.operation = operation;
    }

    public @Nullable String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
    }

    public @Nullable String getProjectId() {
        return projectId;
    }

    public void setProjectId(String projectId) {
        this.projectId = projectId;
    }

    public @Nullable String getAgentProfile() {
        return agentProfile;
    }

    public void setAgentProfile(String agentProfile) {
        this.agentProfile = agentProfile;
    }

    public @Nullable String getTaskKey() {
        return taskKey;
    }

    public void setTaskKey(String taskKey) {
        this.taskKey = taskKey;
    }

    public @Nullable String getTaskId() {
        return taskId;
    }

    public void setTaskId(String taskId) {
        this.taskId = taskId;
    }

    public int getLimit() {
        return limit;
    }

    /**
     * How many messages a page has.
     *
     * @throws IllegalArgumentException when the API takes no such limit
     */
    public void setLimit(int limit) {
        if (limit < 1 || limit > MOST_MESSAGES) {
            throw new IllegalArgumentException("limit is 1 to " + MOST_MESSAGES + ", not " + limit);
        }
        this.limit = limit;
    }
}
