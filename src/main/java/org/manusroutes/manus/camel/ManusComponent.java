package org.manusroutes.manus.camel;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/** Makes the endpoints {@code manus:<operation>}; key, limits and the table are shared by all of them. */
@Component("manus-component")
@Scope(BeanDefinition.SCOPE_PROTOTYPE) // one for each Camel context
public final class ManusComponent extends DefaultComponent {
    private final ObjectProvider<ManusCalls> calls;

    /** @param calls made with the first step that runs */
    ManusComponent(ObjectProvider<ManusCalls> calls) {
        this.calls = calls;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        ManusEndpoint endpoint = new ManusEndpoint(uri, this);
        endpoint.setOperation(getCamelContext().getTypeConverter().mandatoryConvertTo(ManusOperation.class, remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }

    ManusCalls calls() {
        return calls.getObject();
    }
}
