package org.manusroutes.answers;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A form made of a {@code confirm_input_schema}: texts, numbers, yes or no, and choices, also one level down. What it
 * cannot show is left out, and then only Manus can be answered when it is required.
 *
 * @param fields in the order of the schema, without {@code accept}
 * @param decides whether the schema has {@code accept}: yes or no
 * @param whole false when something required cannot be shown
 */
public record AnswerForm(List<Field> fields, boolean decides, boolean whole) {
    private static final int MOST_FIELDS = 30;

    /** What a field takes. */
    public enum Type {
        TEXT,
        NUMBER,
        INTEGER,
        YES_NO,
        CHOICE
    }

    /**
     * One value.
     *
     * @param name with a dot for one of an object: {@code mail.subject}
     * @param label for people
     * @param options of a choice, as texts; empty otherwise
     * @param secret whether what is typed should not be seen
     */
    public record Field(String name, String label, Type type, List<String> options, boolean required, boolean secret) {}

    /** Names each field that does not fit. */
    public static final class InvalidAnswer extends Exception {
        private final Map<String, String> faults;

        InvalidAnswer(Map<String, String> faults) {
            super(String.join(
                    "; ",
                    faults.entrySet().stream()
                            .map(fault -> fault.getKey() + ": " + fault.getValue())
                            .toList()));
            this.faults = Map.copyOf(faults);
        }

        /** By the names of the fields. */
        public Map<String, String> faults() {
            return faults;
        }
    }

    /** @param schema null for a confirmation that carries nothing */
    static AnswerForm of(@Nullable JsonNode schema) {
        if (schema == null || schema.isNull() || schema.path("properties").isEmpty()) {
            return new AnswerForm(
                    List.of(),
                    false,
                    schema == null || schema.isNull() || schema.path("required").isEmpty());
        }
        Builder builder = new Builder();
        builder.add(schema, "", "", true);
        return new AnswerForm(List.copyOf(builder.fields), builder.decides, builder.whole);
    }

    /**
     * The input of a confirmation.
     *
     * @param accept null where the schema does not ask
     * @param values by the names of the fields, as they were typed; blank ones are not there
     * @throws InvalidAnswer when something required is missing, or not of its type
     */
    public Map<String, Object> input(@Nullable Boolean accept, Map<String, String> values) throws InvalidAnswer {
        Map<String, Object> input = new LinkedHashMap<>();
        Map<String, String> faults = new LinkedHashMap<>();
        boolean declined = Boolean.FALSE.equals(accept);
        if (accept != null && (decides || declined)) {
            input.put(Answer.ACCEPT, accept);
        }
        Set<String> unknown = new LinkedHashSet<>(values.keySet());
        for (Field field : fields) {
            unknown.remove(field.name());
            String typed = values.getOrDefault(field.name(), "").strip();
            if (!typed.isEmpty()) {
                try {
                    put(input, field.name(), value(field, typed));
                } catch (IllegalArgumentException e) {
                    faults.put(field.name(), String.valueOf(e.getMessage()));
                }
            } else if (field.required() && !declined) {
                faults.put(field.name(), "is required");
            }
        }
        unknown.forEach(name -> faults.put(name, "is not asked for"));
        if (!faults.isEmpty()) {
            throw new InvalidAnswer(faults);
        }
        return input;
    }

    private static Object value(Field field, String typed) {
        return switch (field.type()) {
            case TEXT -> typed;
            case CHOICE -> {
                if (!field.options().contains(typed)) {
                    throw new IllegalArgumentException("is one of " + String.join(", ", field.options()));
                }
                yield typed;
            }
            case YES_NO ->
                switch (typed) {
                    case "true", "yes", "on" -> true;
                    case "false", "no" -> false;
                    default -> throw new IllegalArgumentException("is true or false");
                };
            case NUMBER, INTEGER -> number(field.type(), typed);
        };
    }

    private static Object number(Type type, String typed) {
        try {
            // with an exponent, a few letters would be a number of a gigabyte
            if (typed.length() <= 30 && typed.matches("[-+]?[0-9]+([.][0-9]+)?")) {
                BigDecimal number = new BigDecimal(typed);
                return type == Type.INTEGER ? number.longValueExact() : number;
            }
        } catch (ArithmeticException notWhole) {
            // said below
        }
        throw new IllegalArgumentException(type == Type.INTEGER ? "is a whole number" : "is a number");
    }

    @SuppressWarnings("unchecked") // made here
    private static void put(Map<String, Object> input, String name, Object value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            input.put(name, value);
        } else {
            ((Map<String, Object>) input.computeIfAbsent(name.substring(0, dot), outer -> new LinkedHashMap<>()))
                    .put(name.substring(dot + 1), value);
        }
    }

    private static final class Builder {
        private final List<Field> fields = new ArrayList<>();
        private boolean decides;
        private boolean whole = true;

        void add(JsonNode schema, String prefix, String outer, boolean demanded) {
            Set<String> required = new LinkedHashSet<>();
            schema.path("required").forEach(name -> required.add(name.asText()));
            schema.path("properties").fields().forEachRemaining(property -> {
                String name = property.getKey();
                JsonNode type = property.getValue();
                boolean needed = demanded && required.remove(name);
                if (prefix.isEmpty() && name.equals(Answer.ACCEPT) && "boolean".equals(type(type))) {
                    decides = true;
                } else if (!show(type, prefix + name, outer + label(type, name), needed, prefix.isEmpty()) && needed) {
                    whole = false;
                }
            });
            whole &= required.isEmpty() || !demanded;
        }

        private boolean show(JsonNode type, String name, String label, boolean needed, boolean first) {
            boolean plainName = !name.substring(name.indexOf('.') + 1).contains(".") && name.length() <= 100;
            if ("object".equals(type(type)) && first && plainName && type.has("properties")) {
                add(type, name + ".", label + ": ", needed);
                return true;
            }
            Field field = field(type, name, label, needed);
            if (field == null || !plainName || fields.size() == MOST_FIELDS) {
                return false;
            }
            fields.add(field);
            return true;
        }

        private static @Nullable Field field(JsonNode type, String name, String label, boolean needed) {
            boolean secret = "password".equals(type.path("format").asText())
                    || name.toLowerCase(Locale.ROOT).matches(".*(password|secret|token|key).*");
            if (type.path("enum").isArray() && !type.path("enum").isEmpty()) {
                List<JsonNode> all = StreamSupport.stream(type.path("enum").spliterator(), false)
                        .toList();
                return all.stream().allMatch(JsonNode::isTextual)
                        ? new Field(
                                name,
                                label,
                                Type.CHOICE,
                                all.stream().map(JsonNode::textValue).toList(),
                                needed,
                                false)
                        : null;
            }
            return switch (type(type)) {
                case "string" -> new Field(name, label, Type.TEXT, List.of(), needed, secret);
                case "number" -> new Field(name, label, Type.NUMBER, List.of(), needed, false);
                case "integer" -> new Field(name, label, Type.INTEGER, List.of(), needed, false);
                case "boolean" -> new Field(name, label, Type.YES_NO, List.of(), needed, false);
                default -> null;
            };
        }

        /** Of a type that may be null, the other one. */
        private static String type(JsonNode schema) {
            JsonNode type = schema.path("type");
            if (type.isArray()) {
                List<String> names = StreamSupport.stream(type.spliterator(), false)
                        .map(JsonNode::asText)
                        .filter(name -> !name.equals("null"))
                        .toList();
                return names.size() == 1 ? names.get(0) : "";
            }
            return type.asText();
        }

        private static String label(JsonNode schema, String otherwise) {
            String title = schema.path("title").asText();
            return title.isBlank() ? otherwise : title;
        }
    }
}
