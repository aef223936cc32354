package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.manusroutes.bundle.FolderCopy;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.check.BrokenEdits;
import org.manusroutes.bundle.check.Wording;
import org.manusroutes.support.Traffic;
import org.springframework.util.FileSystemUtils;

/** Every broken edit is refused while events keep coming, in the same words as by the check; nothing else changes. */
class RefusedEditsIT extends ReloadUnderTraffic {
    @Test
    void areRefusedOneByOneAndNothingElseChanges() throws Exception {
        Map<String, String> wording = Wording.read();
        List<BrokenEdits.Edit> edits = BrokenEdits.all().toList();
        try (Traffic traffic = traffic()) {
            for (BrokenEdits.Edit edit : edits) {
                Path broken = home.resolve("broken");
                FileSystemUtils.deleteRecursively(broken);
                FolderCopy.mirror(edit.in(broken), folder);
                RefusedChange refused = awaitRefusal();
                assertThat(refused.problems().stream()
                                .filter(Problem::isError)
                                .map(problem -> "  " + problem)
                                .collect(Collectors.joining("\n")))
                        .as(edit.name())
                        .isEqualTo(wording.get(edit.name()));
                assertThat(version()).isEqualTo(1);
            }
            assertThat(application.get("/actuator/health"))
                    .contains("\"status\":\"UP\"", "\"version\":1", "\"refused\"", folder.toString());
            FolderCopy.mirror(Path.of("routes"), folder);
            await().atMost(PATIENCE)
                    .until(() -> application.bean(ReloadReport.class).refused() == null);
            assertNothingFailed(traffic);
            System.out.printf("%d edits refused under %d events/s%n", edits.size(), traffic.reachedPerSecond());
        }
        assertThat(application.count("select count(*) from bundle_version")).isEqualTo(1);
        assertThat(application.get("/actuator/prometheus"))
                .contains("manus_routes_reload_total{outcome=\"refused\"} " + (double) edits.size());
        // an alert for each change; equal to others where two edits leave the same files
        assertThat(application.rows("select state from event where event_type = 'routes_refused'"))
                .hasSize(edits.size());
        await().atMost(PATIENCE).until(() -> !slack.posts().isEmpty());
        assertThat(slack.posts()).allSatisfy(post -> assertThat(post.channel()).isEqualTo("#ops"));
    }
}
