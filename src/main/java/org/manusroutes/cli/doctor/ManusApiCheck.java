package org.manusroutes.cli.doctor;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.Webhooks;

/** Whether the API takes the key, by one cheap call, and what is registered. */
public final class ManusApiCheck implements Check {
    private final @Nullable ManusApi api;
    private final @Nullable String publicUrl;

    /**
     * A check of this account.
     *
     * @param api null without a key
     * @param publicUrl null when none is set
     */
    public ManusApiCheck(@Nullable ManusApi api, @Nullable String publicUrl) {
        this.api = api;
        this.publicUrl = publicUrl;
    }

    @Override
    public String name() {
        return "Manus API";
    }

    @Override
    public String waitsFor() {
        return "the Manus API (manus.api.base-url)";
    }

    @Override
    public List<Finding> run() {
        if (api == null) {
            return List.of(
                    Finding.off(name(), "not used (manus.api.key is not set)"),
                    Finding.off(RegistrationFinding.NAME, "not known without manus.api.key"));
        }
        try {
            Webhooks webhooks = api.webhooks();
            Finding key = Finding.ok(name(), "it takes the key");
            return publicUrl == null
                    ? List.of(
                            key,
                            Finding.fail(
                                    RegistrationFinding.NAME,
                                    "manus.webhook.public-url is not set",
                                    "set it to the URL that Manus is to deliver to (MANUS_WEBHOOK_PUBLIC_URL)"))
                    : List.of(key, RegistrationFinding.of(publicUrl, webhooks));
        } catch (ManusApiException refusal) {
            return refusal.isNotInV1() ? v1(api) : List.of(refused(refusal));
        }
    }

    private List<Finding> v1(ManusApi v1) {
        try {
            v1.publicKey();
        } catch (ManusApiException refusal) {
            return List.of(refused(refusal));
        }
        return List.of(
                Finding.ok(name(), "it answers (v1)"),
                Finding.off(RegistrationFinding.NAME, "not known: v1 of the API cannot list (manus.api.version)"));
    }

    private Finding refused(ManusApiException refusal) {
        String said = String.valueOf(refusal.getMessage());
        return switch (refusal.status()) {
            case 401, 403 ->
                Finding.fail(
                        name(), said.replace(": check manus.api.key", ""), "correct manus.api.key (MANUS_API_KEY)");
            case 429 -> Finding.warn(name(), said, "run doctor again then");
            case ManusApiException.NO_ANSWER ->
                Finding.fail(name(), said, "let this machine reach it, or correct manus.api.base-url");
            default -> Finding.fail(name(), said, "try again later, and look at manus.api.base-url");
        };
    }
}
