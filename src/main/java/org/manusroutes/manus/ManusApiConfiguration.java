package org.manusroutes.manus;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.manusroutes.webhook.PublicKeyFetcher;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.StringUtils;

/** The API's client, and what is asked of it, when a key is set. */
@Configuration(proxyBeanMethods = false)
class ManusApiConfiguration {
    /** With the time to connect, less than the ten seconds that Manus waits for an answer. */
    private static final Duration WHILE_A_SENDER_WAITS = Duration.ofSeconds(4);

    @Bean
    @Conditional(OnApiKey.class)
    ManusApi manusApi(ManusApiProperties properties, JdbcClient jdbc) {
        return new PacedApi(ManusApiClient.connect(properties), new ApiLimits(jdbc, RandomGenerator.getDefault()));
    }

    @Bean
    @Conditional(OnApiKey.class)
    PublicKeyFetcher publicKeyFetcher(ManusApiProperties properties) {
        return ManusApiClient.connect(properties, WHILE_A_SENDER_WAITS)::publicKey;
    }

    @Bean
    TaskFiles taskFiles(ObjectProvider<ManusApi> manusApi) {
        return new TaskFiles(manusApi.getIfAvailable(), RandomGenerator.getDefault());
    }

    /** An empty key is none. */
    static final class OnApiKey implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("manus.api.key"));
        }
    }
}
