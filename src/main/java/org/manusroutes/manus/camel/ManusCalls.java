package org.manusroutes.manus.camel;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.ConfigurationFailure;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What the steps of all routes share: the API with its limits, and the tasks that were created. */
@Component
final class ManusCalls {
    private static final int ONE_IN = 100;

    private final @Nullable ManusApi api;
    private final CreatedTasks table;
    private final int longestChain;
    private final Duration keep;
    private final TransactionTemplate outside;

    ManusCalls(
            ObjectProvider<ManusApi> api,
            CreatedTasks table,
            ManusApiProperties properties,
            PlatformTransactionManager transactions,
            Environment environment) {
        this.api = api.getIfAvailable();
        this.table = table;
        this.longestChain = properties.longestChain();
        this.keep =
                Binder.get(environment).bind("manus.inbox.keep", Duration.class).orElse(Duration.ofDays(90));
        this.outside = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NOT_SUPPORTED));
    }

    /** What a step writes down is there at once, also when its route is transacted, and stays when that fails. */
    void outsideOfTransactions(Runnable step) {
        outside.executeWithoutResult(status -> step.run());
    }

    /** @throws ConfigurationFailure without a key */
    ManusApi api() {
        if (api == null) {
            throw new ConfigurationFailure(
                    "manus.api.key is not set (in the environment: MANUS_API_KEY), so that the steps 'manus' cannot"
                            + " reach the Manus API",
                    null);
        }
        return api;
    }

    /** Now and then, what is older than the events that led to it is forgotten. */
    TaskCreation creation() {
        if (ThreadLocalRandom.current().nextInt(ONE_IN) == 0) {
            table.forgetOlderThan(keep);
        }
        return new TaskCreation(api(), table, longestChain);
    }
}
