package org.manusroutes.bundle.camel;

import org.apache.camel.spi.AggregationRepository;

/** A bean that {@code aggregationRepository} names, and of which each aggregate step gets a part of its own. */
public interface RepositoryPerStep {
    /**
     * The part of a step.
     *
     * @param step the route and the step, the same in each version of the bundle and on each node
     */
    AggregationRepository forStep(String step);
}
