package org.manusroutes.manus;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task to be created.
 *
 * @param structuredOutputSchema JSON schema, an object; null for none
 * @param files that Manus has already
 */
public record NewTask(
        String prompt,
        @Nullable String title,
        @Nullable String projectId,
        @Nullable String agentProfile,
        @Nullable JsonNode structuredOutputSchema,
        List<UploadedFile> files) {

    public NewTask {
        files = List.copyOf(files);
    }

    /** One without a schema and files. */
    public NewTask(String prompt, @Nullable String title, @Nullable String projectId, @Nullable String agentProfile) {
        this(prompt, title, projectId, agentProfile, null, List.of());
    }
}
