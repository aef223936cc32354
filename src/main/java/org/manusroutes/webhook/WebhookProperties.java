package org.manusroutes.webhook;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/** What the door lets in; explained key by key in {@code application.yaml}. Empty texts mean "not set". */
@Validated
@ConfigurationProperties("manus.webhook")
record WebhookProperties(
        @Pattern(regexp = "/.+", message = "must start with a slash") @DefaultValue("/webhooks/manus")
        String path,

        @Pattern(regexp = "(https?://.+)?", message = "must be the whole URL as registered, with http:// or https://")
        @DefaultValue("")
        String publicUrl,

        @NotNull @DefaultValue("required") SignatureMode signature,
        @DefaultValue("") String publicKey,
        @NotNull @DefaultValue("5m") Duration tolerance,
        @NotNull @DefaultValue("2MB") DataSize maxBody,
        @DefaultValue List<String> allowedSources,
        @DefaultValue List<String> trustedProxies,
        @DefaultValue("false") boolean acceptUnsignedProbe) {

    enum SignatureMode {
        REQUIRED,
        OFF
    }
}
