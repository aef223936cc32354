package org.manusroutes.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What an event says, whatever its bytes: the JSON with sorted keys and no white space, and without the queries of
 * {@code attachments[].url}, which Manus signs afresh for each delivery.
 */
record EventFingerprint(String canonical) {
    private static final JsonMapper json = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    static EventFingerprint of(byte[] body) {
        try {
            Object tree = json.readValue(new String(body, StandardCharsets.UTF_8), Object.class);
            dropQueries(tree);
            return new EventFingerprint(json.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the door lets only JSON in", e);
        }
    }

    /** Twelve hexadecimal digits that stand for this meaning in an event's key. */
    String digest() {
        return DigestUtils.sha256Hex(canonical).substring(0, 12);
    }

    private static void dropQueries(Object tree) {
        if (tree instanceof Map<?, ?> event
                && event.get("task_detail") instanceof Map<?, ?> detail
                && detail.get("attachments") instanceof List<?> attachments) {
            attachments.forEach(EventFingerprint::dropQuery);
        }
    }

    @SuppressWarnings("unchecked") // Jackson's objects are maps from strings
    private static void dropQuery(Object attachment) {
        if (attachment instanceof Map<?, ?> map && map.get("url") instanceof String url && url.indexOf('?') >= 0) {
            ((Map<String, Object>) map).put("url", url.substring(0, url.indexOf('?')));
        }
    }
}
