package org.manusroutes.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.manusroutes.inbox.store.EmbeddedDatabase;
import org.manusroutes.text.Secrets;
import org.springframework.boot.autoconfigure.jdbc.DataSourceProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The server's database, for a command: one that is not there stays away, for only the server makes it. */
final class CommandDatabase {
    private final DataSourceProperties settings;
    private final String url;

    CommandDatabase(DataSourceProperties settings) {
        this.settings = settings;
        this.url = settings.determineUrl();
    }

    /** Opens a connection each time it is asked for one. */
    DataSource source() {
        boolean makesFiles = url.startsWith("jdbc:h2:")
                && !url.startsWith("jdbc:h2:mem:")
                && !url.toUpperCase(Locale.ROOT).contains(";IFEXISTS=");
        return new DriverManagerDataSource(
                makesFiles ? url + ";IFEXISTS=TRUE" : url, settings.determineUsername(), settings.determinePassword());
    }

    /** Its URL without its parameters, of which one may be the password; and the folder of an embedded one. */
    String name() {
        String bare = Secrets.masked(url.replaceFirst("[?;].*", ""));
        return "the database " + bare
                + folder().map(folder -> " (in the folder " + folder + ")").orElse("");
    }

    /** Why it could not be opened, and what to do. */
    String problem(DataAccessException failure, String wanted) {
        if (isNotThere(failure)) {
            return folder().filter(CommandDatabase::isClosed).isPresent()
                    ? name() + " cannot be read: run the command as the user of the server"
                    : name() + " is not there, and only the server makes one, when it starts."
                            + " Run the command in the folder of the server and with its settings";
        }
        return failure instanceof InvalidDataAccessResourceUsageException
                ? name() + " holds no " + wanted + "; the server sets it up when it starts"
                : name() + " cannot be used: " + failure.getMostSpecificCause().getMessage();
    }

    private Optional<Path> folder() {
        return EmbeddedDatabase.path(url).map(Path::getParent);
    }

    private static boolean isClosed(Path folder) {
        return Files.isDirectory(folder) && !Files.isExecutable(folder);
    }

    private static boolean isNotThere(DataAccessException failure) {
        return failure.getMostSpecificCause() instanceof SQLException sql
                && sql.getErrorCode() == ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1;
    }
}
