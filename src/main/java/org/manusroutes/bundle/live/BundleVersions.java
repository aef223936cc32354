package org.manusroutes.bundle.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.BundleDiff;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code bundle_version}: what ran, on any node, the last {@value #KEPT} times that it changed. */
@Component
public final class BundleVersions {
    private static final int KEPT = 50;

    private static final String COLUMNS = "select number, accepted_at, node, files, diff from bundle_version ";
    private static final String NEWEST = COLUMNS + "order by number desc limit 1";
    private static final String ALL = COLUMNS + "order by number";
    private static final String NUMBERED = COLUMNS + "where number = :number";
    private static final String KNOWN = "select count(*) from bundle_version where hash = :hash";
    /** The key lets one of two nodes that take a version at the same moment fail; it then looks again. */
    private static final String ADD = """
            insert into bundle_version (number, hash, node, files, diff)
            values (:number, :hash, :node, :files, :diff)
            """;

    private static final String FORGET = "delete from bundle_version where number <= :number";

    private static final JsonMapper json = new JsonMapper();

    private final JdbcClient jdbc;

    BundleVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A version that ran.
     *
     * @param number from 1, in the order in which versions were taken
     * @param node that took it first
     * @param bundle its files
     * @param diff in unified form, against the version before
     */
    public record Version(long number, Instant acceptedAt, String node, Bundle bundle, String diff) {}

    /**
     * Those in this database.
     *
     * @throws DataAccessException when the database cannot be reached, or holds no versions
     */
    public static BundleVersions open(DataSource source) {
        BundleVersions versions = new BundleVersions(JdbcClient.create(source));
        versions.jdbc.sql(NEWEST + " offset 1").query((row, n) -> 1).list();
        return versions;
    }

    /**
     * Stores what runs from now on, unless it is what was stored last.
     *
     * @return its number
     */
    long add(Bundle bundle, String node) {
        while (true) {
            Optional<Version> newest = newest();
            if (newest.isPresent() && newest.get().bundle().hash().equals(bundle.hash())) {
                return newest.get().number();
            }
            long number = newest.map(Version::number).orElse(0L) + 1;
            try {
                jdbc.sql(ADD)
                        .param("number", number)
                        .param("hash", bundle.hash())
                        .param("node", node)
                        .param("files", json(bundle))
                        .param(
                                "diff",
                                newest.map(before -> BundleDiff.between(before.bundle(), bundle))
                                        .orElse(""))
                        .update();
            } catch (DuplicateKeyException anotherNodeWasFirst) {
                continue;
            }
            jdbc.sql(FORGET).param("number", number - KEPT).update();
            return number;
        }
    }

    /** Whether this was accepted before, by any node. */
    public boolean knows(Bundle bundle) {
        return jdbc.sql(KNOWN).param("hash", bundle.hash()).query(Long.class).single() > 0;
    }

    Optional<Version> newest() {
        return jdbc.sql(NEWEST).query((row, n) -> version(row)).optional();
    }

    public Optional<Version> find(long number) {
        return jdbc.sql(NUMBERED)
                .param("number", number)
                .query((row, n) -> version(row))
                .optional();
    }

    /** All that are kept, the oldest first. */
    public List<Version> list() {
        return jdbc.sql(ALL).query((row, n) -> version(row)).list();
    }

    private static Version version(ResultSet row) throws SQLException {
        try {
            Map<String, String> files = json.readValue(row.getString("files"), new TypeReference<>() {});
            return new Version(
                    row.getLong("number"),
                    row.getObject("accepted_at", OffsetDateTime.class).toInstant(),
                    row.getString("node"),
                    Bundle.ofTexts(files),
                    row.getString("diff"));
        } catch (JsonProcessingException e) {
            throw new SQLException("bundle_version.files is not what was stored there", e);
        }
    }

    private static String json(Bundle bundle) {
        try {
            return json.writeValueAsString(bundle.texts());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }
}
