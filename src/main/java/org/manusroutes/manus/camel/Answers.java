package org.manusroutes.manus.camel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.CreatedTask;
import org.manusroutes.manus.Messages;
import org.manusroutes.manus.Task;

/** Puts the API's answers into the body, as maps with the API's own names, and what is asked for most into headers. */
final class Answers {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    /** What was said of this task is not meant for the next one. */
    private static final List<String> FOR_ONE_TASK = List.of(
            ManusConstants.TASK_KEY, ManusConstants.TITLE, ManusConstants.PROJECT_ID, ManusConstants.AGENT_PROFILE);

    private Answers() {}

    static void created(Exchange exchange, CreatedTask task, boolean existed) {
        Message message = exchange.getMessage();
        message.setBody(map(task));
        message.setHeader(ManusConstants.TASK_ID, task.taskId());
        message.setHeader(ManusConstants.TASK_EXISTED, existed);
        FOR_ONE_TASK.forEach(message::removeHeader);
        set(message, ManusConstants.TASK_URL, task.taskUrl());
    }

    static void task(Exchange exchange, Task task) {
        Message message = exchange.getMessage();
        message.setBody(map(task));
        message.setHeader(ManusConstants.TASK_ID, task.id());
        message.setHeader(ManusConstants.STATUS, task.status());
        set(message, ManusConstants.TASK_URL, task.taskUrl());
    }

    static void messages(Exchange exchange, Messages page) {
        Message message = exchange.getMessage();
        message.setBody(page.messages().stream().map(Answers::map).toList());
        set(message, ManusConstants.CURSOR, page.hasMore() ? page.nextCursor() : null);
    }

    private static Map<String, Object> map(Object answer) {
        return JSON.convertValue(answer, new TypeReference<>() {});
    }

    /** One of an earlier step is not to be taken for this one's. */
    private static void set(Message message, String header, @Nullable String value) {
        if (value == null) {
            message.removeHeader(header);
        } else {
            message.setHeader(header, value);
        }
    }
}
