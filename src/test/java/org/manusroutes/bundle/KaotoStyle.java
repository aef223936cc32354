package org.manusroutes.bundle;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/** A file as an editor with a mind of its own saves it: keys by the alphabet, all texts in quotes, narrow lines. */
public final class KaotoStyle {
    private KaotoStyle() {}

    public static String of(String text) {
        Object data = new Load(LoadSettings.builder().build()).loadFromString(text);
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setDefaultScalarStyle(ScalarStyle.SINGLE_QUOTED)
                        .setWidth(60)
                        .build())
                .dumpToString(sorted(data));
    }

    private static Object sorted(Object data) {
        if (data instanceof Map<?, ?> map) {
            Map<String, Object> sorted = new TreeMap<>();
            map.forEach((key, value) -> sorted.put(String.valueOf(key), sorted(value)));
            return sorted;
        }
        return data instanceof List<?> list
                ? list.stream().map(KaotoStyle::sorted).toList()
                : data;
    }
}
