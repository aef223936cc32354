package org.manusroutes.manus.camel;

/** What a step does, by the names that stand in routes. */
public enum ManusOperation {
    createTask,
    sendMessage,
    stopTask,
    task,
    messages
}
