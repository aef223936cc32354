package org.manusroutes.manus.camel;

import org.apache.camel.spi.Metadata;

/** The headers of the component {@code manus}. */
public final class ManusConstants {
    @Metadata(
            description = "The task that a step is about; after createTask, the one that was created."
                    + " It takes precedence over the option taskId.",
            javaType = "String")
    public static final String TASK_ID = "CamelManusTaskId";

    @Metadata(
            label = "createTask",
            description = "Under a key a task is created once. It takes precedence over the option taskKey.",
            javaType = "String")
    public static final String TASK_KEY = "CamelManusTaskKey";

    @Metadata(
            label = "createTask",
            description = "The title of the task. It takes precedence over the option title.",
            javaType = "String")
    public static final String TITLE = "CamelManusTitle";

    @Metadata(
            label = "createTask",
            description = "The project of the task. It takes precedence over the option projectId.",
            javaType = "String")
    public static final String PROJECT_ID = "CamelManusProjectId";

    @Metadata(
            label = "createTask",
            description = "The agent that works on the task. It takes precedence over the option agentProfile.",
            javaType = "String")
    public static final String AGENT_PROFILE = "CamelManusAgentProfile";

    @Metadata(
            label = "createTask",
            description = "Set: whether an earlier step, or an earlier attempt of this one, created the task.",
            javaType = "Boolean")
    public static final String TASK_EXISTED = "CamelManusTaskExisted";

    @Metadata(label = "createTask,task", description = "Set: the page of the task.", javaType = "String")
    public static final String TASK_URL = "CamelManusTaskUrl";

    @Metadata(
            label = "task",
            description = "Set: running, stopped, waiting, error, or anything later.",
            javaType = "String")
    public static final String STATUS = "CamelManusStatus";

    @Metadata(
            label = "messages",
            description = "Where the page of messages before ended; set when there are more.",
            javaType = "String")
    public static final String CURSOR = "CamelManusCursor";

    private ManusConstants() {}
}
