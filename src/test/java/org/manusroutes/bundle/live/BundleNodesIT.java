package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.support.Databases;
import org.manusroutes.support.RunningApplication;

/** Nodes on one database whose folders differ. */
class BundleNodesIT {
    @ParameterizedTest
    @EnumSource
    void namesAnotherNodeWhoseRoutesHaveDifferedForAMinute(Databases database) throws Exception {
        Map<String, Object> settings = database.fresh();
        try (RunningApplication application =
                RunningApplication.start(settings, Map.of("manus.webhook.signature", "off"))) {
            BundleNodes nodes = application.bean(BundleNodes.class);
            nodes.look();
            other(
                    application,
                    "same",
                    application.bean(GuardedReload.class).running().bundle().hash(),
                    300);
            other(application, "younger", "1".repeat(64), 20);
            nodes.look();
            assertThat(nodes.others()).isEmpty();

            other(application, "older", "2".repeat(64), 300);
            nodes.look();
            assertThat(nodes.others()).as("this node is too young").isEmpty();
            application.update(
                    "update bundle_node set since = since - interval '5' minute where node not in ('younger')");
            nodes.look();
            assertThat(nodes.others()).containsExactly("older: version 7");
            assertThat(application.get("/actuator/health")).contains("\"otherVersions\":[\"older: version 7\"]");

            application.update("update bundle_node set seen_at = seen_at - interval '2' minute where node = 'older'");
            nodes.look();
            assertThat(nodes.others()).as("gone").isEmpty();

            nodes.leave();
            assertThat(application.rows("select node from bundle_node order by node"))
                    .extracting(row -> row.get("node"))
                    .containsExactly("older", "same", "younger");
        }
    }

    private static void other(RunningApplication application, String node, String hash, int seconds) {
        application.update("insert into bundle_node values ('%s', 7, '%s', current_timestamp - interval '%d' second,"
                        .formatted(node, hash, seconds)
                + " current_timestamp)");
    }
}
