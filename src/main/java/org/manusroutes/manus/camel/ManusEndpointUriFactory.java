package org.manusroutes.manus.camel;

import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.support.component.EndpointUriFactorySupport;

/** Puts the options of a step together to the URI of its endpoint, also an operation that stands among them. */
public final class ManusEndpointUriFactory extends EndpointUriFactorySupport {
    private static final Set<String> OPTIONS = Set.of(
            "operation", "title", "projectId", "agentProfile", "taskKey", "taskId", "limit", "lazyStartProducer");

    @Override
    public boolean isEnabled(String scheme) {
        return scheme.equals("manus");
    }

    @Override
    public String buildUri(String scheme, Map<String, Object> properties, boolean encode) throws URISyntaxException {
        String syntax = scheme + ":operation";
        Map<String, Object> left = new HashMap<>(properties);
        String uri = buildPathParameter(syntax, syntax, "operation", null, true, left);
        return buildQueryParameters(uri, left, encode);
    }

    @Override
    public Set<String> propertyNames() {
        return OPTIONS;
    }

    @Override
    public Set<String> secretPropertyNames() {
        return Set.of();
    }

    @Override
    public Map<String, String> multiValuePrefixes() {
        return Map.of();
    }

    @Override
    public boolean isLenientProperties() {
        return false;
    }
}
