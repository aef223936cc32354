package org.manusroutes.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of an event, always in the same way: what the door lets in, the workers can read, and the comparison
 * of two bodies sees what the routes see.
 *
 * <p>A body is JSON in UTF-8 (RFC 8259, 8.1). A byte order mark is skipped; bytes that are no UTF-8 are replaced, for
 * an event is worth more than one letter of it. Numbers keep their digits: {@code BigDecimal} and {@code BigInteger}
 * where a {@code double} or a {@code long} would change them.
 */
public final class EventBody {
    private static final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private EventBody() {}

    /** The body as text. */
    public static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /** Whether it begins as JSON in UTF-8 does, without a byte order mark. */
    public static boolean isPlain(byte[] body) {
        return body.length > 1 && body[0] == '{' && body[1] != 0;
    }

    /**
     * As {@link #parser}, without a text between; for a {@linkplain #isPlain plain} body. It fails where the decoder
     * would replace a byte, and then the decoder is to be asked.
     */
    public static JsonParser bytesParser(byte[] body) throws IOException {
        return json.createParser(body);
    }

    /** For a look at a few fields, without a tree. */
    public static JsonParser parser(byte[] body) throws IOException {
        return json.createParser(text(body));
    }

    /**
     * The body as routes get it.
     *
     * @throws JsonProcessingException when it is no JSON object
     */
    public static Map<String, Object> map(byte[] body) throws JsonProcessingException {
        @Nullable Map<String, Object> map = json.readValue(text(body), new TypeReference<>() {});
        if (map == null) {
            throw new JsonMappingException(null, "null is no object");
        }
        return map;
    }

    /** As {@link #map}, for a data format of Camel. */
    public static JsonMapper mapper() {
        return json;
    }
}
