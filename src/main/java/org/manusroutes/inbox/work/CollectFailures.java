package org.manusroutes.inbox.work;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets every branch of a multicast or split run, and then fails with the failures of all: bean
 * {@code #collectFailures}, for {@code aggregationStrategy}.
 */
@Component("collectFailures")
final class CollectFailures implements AggregationStrategy {
    @Override
    public Exchange aggregate(@Nullable Exchange before, Exchange branch) {
        if (before == null) {
            return branch;
        }
        before.setException(StepFailures.join(StepFailures.in(before), StepFailures.in(branch)));
        return before;
    }
}
