package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.Webhook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where Manus delivers to. */
@Command(name = "webhook", description = "Register the URL that Manus delivers to, list and delete registrations.")
final class WebhookCommand extends CommandBase {
    WebhookCommand(CommandSettings settings) {
        super(settings);
    }

    @Command(description = "Register a URL, unless it is registered and active; the receiver must be up and reachable.")
    void register(
            @Option(names = "--url", description = "default: manus.webhook.public-url") @Nullable String url,
            @Mixin Output output)
            throws JsonProcessingException {
        String target = Optional.ofNullable(url)
                .or(settings::publicUrl)
                .orElseThrow(() -> new IllegalStateException("no URL: give --url or set manus.webhook.public-url"));
        ManusApi api = settings.api();
        Registration registration = activeAt(api, target)
                .map(webhook -> new Registration("found", webhook))
                .orElseGet(() -> new Registration("created", api.createWebhook(target)));
        output.print(out(), registration, registration.sentence());
    }

    @Command(description = "List the registrations of the account.")
    void list(@Mixin Output output) throws JsonProcessingException {
        List<Webhook> webhooks = settings.api().webhooks().data();
        output.print(out(), webhooks, webhooks.isEmpty() ? "no registrations" : table(webhooks));
    }

    @Command(description = "Delete a registration, or all of a URL.")
    void delete(@Parameters(paramLabel = "ID|URL") String idOrUrl) {
        ManusApi api = settings.api();
        if (!idOrUrl.matches("https?://.*")) {
            api.deleteWebhook(idOrUrl);
            out().println("deleted " + idOrUrl);
            return;
        }
        List<Webhook> found = api.webhooks().of(idOrUrl);
        if (found.isEmpty()) {
            throw new IllegalStateException("no registration of " + idOrUrl + ": see webhook list");
        }
        for (Webhook webhook : found) {
            api.deleteWebhook(webhook.id());
            out().println("deleted " + webhook.id() + " (" + webhook.url() + ")");
        }
    }

    /** v1 cannot list; there a second registration of the same URL is refused by the API itself, with 409. */
    private static Optional<Webhook> activeAt(ManusApi api, String url) {
        try {
            return api.webhooks().of(url).stream().filter(Webhook::isActive).findFirst();
        } catch (ManusApiException refusal) {
            if (refusal.isNotInV1()) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    private static String table(List<Webhook> webhooks) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("ID", "STATUS", "CREATED", "URL"));
        webhooks.forEach(webhook -> rows.add(List.of(
                webhook.id(), Output.orDash(webhook.status()), Output.orDash(webhook.createdAt()), webhook.url())));
        return Output.columns(rows);
    }

    /** @param outcome {@code created} or {@code found} */
    record Registration(String outcome, Webhook webhook) {
        String sentence() {
            return (outcome.equals("created") ? "registered " : "registered already: ") + webhook.url() + " (id "
                    + webhook.id() + ")";
        }
    }
}
