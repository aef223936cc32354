package org.manusroutes.manus;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.validation.annotation.Validated;

/**
 * How the API of Manus is reached; without a key it is not.
 *
 * @param key secret of the account; never part of {@link #toString()}
 * @param longestChain how many tasks may follow from each other's events, where a route creates the next one
 */
@ConfigurationProperties("manus.api")
@Validated
public record ManusApiProperties(
        @Nullable String key,
        @DefaultValue("https://api.manus.ai") @NotNull URI baseUrl,
        @DefaultValue("v2") @NotNull Version version,
        @DefaultValue("3") @Min(1) int longestChain) {

    /** The API's generations; v1 is deprecated, and many accounts still use it. */
    public enum Version {
        V1,
        V2
    }

    public ManusApiProperties {
        key = StringUtils.hasText(key) ? key.strip() : null;
    }

    @Override
    public String toString() {
        return "manus.api[" + baseUrl + ", " + version + ", " + (key == null ? "no key" : "with a key") + "]";
    }
}
