package org.manusroutes.inbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventBody;

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
            Map<String, Object> event = EventBody.map(body);
            dropQueries(event);
            return new EventFingerprint(json.writeValueAsString(normal(event)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the door lets only JSON in", e);
        }
    }

    /** Twelve hexadecimal digits that stand for this meaning in an event's key. */
    String digest() {
        return DigestUtils.sha256Hex(canonical).substring(0, 12);
    }

    /** The same number in each of its spellings: 1, 1.0 and 1e0. */
    private static @Nullable Object normal(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> normal = new HashMap<>();
            map.forEach((name, field) -> normal.put(name, normal(field)));
            return normal;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(EventFingerprint::normal).collect(Collectors.toList());
        }
        return value instanceof Number ? new BigDecimal(value.toString()).stripTrailingZeros() : value;
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
