package org.manusroutes.inbox.store;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Gives up on a PostgreSQL that has fallen silent, so that the door answers 503 within the sender's ten seconds. The
 * driver's own default is to wait for ever; parameters in {@code spring.datasource.url} take precedence.
 */
@Component
final class PostgresqlTimeouts implements BeanPostProcessor {
    private static final String SECONDS_TO_CONNECT = "3";
    private static final String SECONDS_OF_SILENCE = "5";

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && pool.getJdbcUrl() != null
                && pool.getJdbcUrl().startsWith("jdbc:postgresql:")) {
            pool.addDataSourceProperty("connectTimeout", SECONDS_TO_CONNECT);
            pool.addDataSourceProperty("socketTimeout", SECONDS_OF_SILENCE);
        }
        return bean;
    }
}
