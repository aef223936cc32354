package org.manusroutes.bundle.camel;

import org.apache.camel.Component;
import org.apache.camel.spring.spi.ApplicationContextBeanRepository;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/**
 * The application's beans as the bundle sees them. A Camel component belongs to one context, and each version of the
 * bundle has its own; so one that is a singleton is refused instead of shared.
 */
public class BundleBeans extends ApplicationContextBeanRepository {
    private final ApplicationContext spring;

    public BundleBeans(ApplicationContext spring) {
        super(spring);
        this.spring = spring;
    }

    /** @throws IllegalStateException when it is a component that the versions would have to share */
    @Override
    public @Nullable Object lookupByName(String name) {
        refuseWhenShared(name);
        return super.lookupByName(name);
    }

    @Override
    public <T> @Nullable T lookupByNameAndType(String name, Class<T> type) {
        refuseWhenShared(name);
        return super.lookupByNameAndType(name, type);
    }

    private void refuseWhenShared(String name) {
        if (spring.containsBean(name) && spring.isTypeMatch(name, Component.class) && spring.isSingleton(name)) {
            throw new IllegalStateException(
                    "the component '" + name + "' is the application's own; one for routes needs"
                            + " the scope prototype, for each version of the bundle has its own");
        }
    }
}
