package org.manusroutes.bundle.dryrun;

import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.StringHelper;

/**
 * Starts no component and no endpoint that reaches outside: what a start makes (schedulers, clients, connections) would
 * do its work, and some of it outlives its context.
 */
final class DryCamelContext extends DefaultCamelContext {
    DryCamelContext(Registry registry) {
        super(registry);
    }

    @Override
    public Component getComponent(String name, boolean autoCreateComponents, boolean autoStart) {
        return super.getComponent(name, autoCreateComponents, autoStart && Recorder.INSIDE.contains(name));
    }

    @Override
    public void addService(Object service) throws Exception {
        if (service instanceof Endpoint endpoint
                && !Recorder.INSIDE.contains(StringHelper.before(endpoint.getEndpointUri(), ":", ""))) {
            ServiceHelper.initService(service);
        } else {
            super.addService(service);
        }
    }
}
