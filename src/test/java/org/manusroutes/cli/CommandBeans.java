package org.manusroutes.cli;

import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/** The beans that the commands see, with the settings of this folder. */
public final class CommandBeans {
    private CommandBeans() {}

    public static ConfigurableApplicationContext open() {
        return open(Map.of());
    }

    /** @param settings take precedence over those of this folder */
    public static ConfigurableApplicationContext open(Map<String, Object> settings) {
        return OfflineBeans.open(new CommandSettings(settings).environment());
    }
}
