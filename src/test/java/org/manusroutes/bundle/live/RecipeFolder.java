package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FolderCopy;
import org.manusroutes.support.RunningApplication;
import org.springframework.util.FileSystemUtils;

/** The folder of a running application that recipes are copied into, one at a time. */
final class RecipeFolder {
    static final Path RECIPES = Path.of("routes/recipes");

    private final Path folder;
    private final RunningApplication application;

    RecipeFolder(Path folder, RunningApplication application) {
        this.folder = folder;
        this.application = application;
    }

    /** The shipped routes with this recipe; returns when they run. */
    void use(String recipe) throws IOException {
        use(RECIPES.resolve(recipe));
    }

    /** The same with one of another folder. */
    void use(Path recipe) throws IOException {
        Path edited = Files.createTempDirectory(folder.getParent(), "edited");
        FolderCopy.mirror(Path.of("routes"), edited);
        FileSystemUtils.copyRecursively(recipe, edited);
        FolderCopy.mirror(edited, folder);
        String hash = Bundle.read(folder).hash();
        await().untilAsserted(() -> {
            assertThat(application.bean(ReloadReport.class).refused()).isNull();
            assertThat(application.bean(GuardedReload.class).running().bundle().hash())
                    .isEqualTo(hash);
        });
    }

    /** Posts an event and waits until it is done. */
    void process(Map<String, Object> event) throws Exception {
        application.post(new JsonMapper().writeValueAsString(new HashMap<>(event)));
        awaitDone(event);
    }

    void awaitDone(Map<String, Object> event) {
        await().until(() -> application.count("select count(*) from event where state = 'done' and event_id = '"
                        + event.get("event_id") + "'")
                == 1);
    }
}
