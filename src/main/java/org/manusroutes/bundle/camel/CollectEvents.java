package org.manusroutes.bundle.camel;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.manusroutes.event.EventVariables;
import org.springframework.stereotype.Component;

/**
 * Bean {@code #collectEvents}: the bodies of several events as one list, each event once however often it comes, with a
 * key of its own for the steps that follow.
 */
@Component("collectEvents")
final class CollectEvents implements AggregationStrategy {
    private static final String KEYS = "collectedEventKeys";

    @Override
    public Exchange aggregate(@Nullable Exchange before, Exchange event) {
        String key = event.getVariable(EventVariables.EVENT_KEY, event.getExchangeId(), String.class);
        Exchange all = before == null ? event : before;
        List<Object> bodies = before == null
                ? new ArrayList<>()
                : new ArrayList<>(before.getMessage().getBody(List.class));
        ArrayList<Object> keys = new ArrayList<>();
        if (before == null) {
            // the first event of a list is in no other one
            event.setVariable(EventVariables.EVENT_KEY, key + "/collected");
        } else {
            keys.addAll(before.getVariable(KEYS, List.of(), List.class));
        }
        if (!keys.contains(key)) {
            keys.add(key);
            bodies.add(event.getMessage().getBody());
        }
        all.setVariable(KEYS, keys);
        all.getMessage().setBody(bodies);
        return all;
    }
}
