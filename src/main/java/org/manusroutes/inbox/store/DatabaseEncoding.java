package org.manusroutes.inbox.store;

import java.sql.SQLException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Refuses at start a PostgreSQL database that cannot hold the text of events, instead of parking them one by one. */
@Component
final class DatabaseEncoding {
    DatabaseEncoding(JdbcClient jdbc, @Value("${spring.datasource.url}") String url) throws SQLException {
        if (url.startsWith("jdbc:postgresql:")) {
            String encoding =
                    jdbc.sql("show server_encoding").query(String.class).single();
            if (!encoding.equals("UTF8")) {
                throw new SQLException(
                        "its encoding is " + encoding + ", which cannot hold the text of events",
                        UnusableDatabaseAnalyzer.WRONG_ENCODING);
            }
        }
    }
}
