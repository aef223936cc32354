package org.manusroutes.bundle;

import java.util.Set;

/** What the engine and the bundle know of each other, by name. */
public final class EngineContract {
    /** The route that the engine hands each event to. */
    public static final String ENTRY = "dispatch-event";

    /** The engine's own routes; none of the bundle may be called so. */
    public static final Set<String> ENGINE_ROUTES = Set.of("receive-webhook", "process-event");

    private EngineContract() {}
}
