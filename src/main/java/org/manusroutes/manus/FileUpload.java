package org.manusroutes.manus;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a file is to be put before a message may name it.
 *
 * @param file what the API says about it, the id above all
 * @param uploadUrl signed, for one PUT within three minutes, without the key of the API
 */
public record FileUpload(@Nullable JsonNode file, String uploadUrl) {
    /** Empty when the API does not say; documented and seen are two names of it. */
    public String fileId() {
        if (file == null) {
            return "";
        }
        return file.path("id").asText(file.path("file_id").asText(file.isTextual() ? file.textValue() : ""));
    }
}
