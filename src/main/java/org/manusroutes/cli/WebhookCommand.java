package org.manusroutes.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiException;
import org.manusroutes.manus.Webhook;
import org.manusroutes.webhook.Look;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where Manus delivers to. */
@Command(
        name = "webhook",
        description = "Register the URL that Manus delivers to, see whether it works, list and delete registrations.")
final class WebhookCommand extends CommandBase {
    WebhookCommand(CommandSettings settings) {
        super(settings);
    }

    @Command(
            description = "Register a URL, unless it is registered and active; the receiver must be up and reachable."
                    + " Before that, look at the URL from here and say what is wrong with it.")
    void register(
            @Option(names = "--url", description = "default: manus.webhook.public-url") @Nullable String url,
            @Option(
                            names = "--no-check",
                            description = "do not look at the URL first, for one that cannot be reached from here")
                    boolean unchecked,
            @Option(names = "--replace", description = "delete inactive registrations of the URL, and register anew")
                    boolean replace,
            @Mixin Output output)
            throws JsonProcessingException, InterruptedException {
        String target = target(url);
        ManusApi api = settings.api();
        List<Webhook> known = registrationsOf(api, target);
        Optional<Webhook> active = known.stream().filter(Webhook::isActive).findFirst();
        if (active.isEmpty() && !known.isEmpty() && !replace) {
            throw new IllegalStateException(explain(known.get(0)));
        }
        if (!unchecked) {
            lookAt(target);
        }
        if (active.isEmpty()) {
            known.forEach(inactive -> api.deleteWebhook(inactive.id()));
        }
        Registration registration = active.map(webhook -> new Registration("found", webhook))
                .orElseGet(() -> new Registration("created", api.createWebhook(target)));
        output.print(out(), registration, registration.sentence());
    }

    @Command(
            description = "Say whether Manus delivers to the URL: its registrations, and what is seen there from here."
                    + " Ends with 1 unless all is well.")
    int status(
            @Option(names = "--url", description = "default: manus.webhook.public-url") @Nullable String url,
            @Option(names = "--no-check", description = "do not look at the URL, only at its registrations")
                    boolean unchecked,
            @Mixin Output output)
            throws JsonProcessingException, InterruptedException {
        String target = target(url);
        WebhookStatus status = WebhookStatus.of(
                target,
                settings.api().webhooks(),
                unchecked ? null : settings.publicUrlLook().at(target));
        output.print(out(), status, status.text());
        return status.well() ? 0 : 1;
    }

    private String target(@Nullable String url) {
        return Optional.ofNullable(url)
                .or(settings::publicUrl)
                .orElseThrow(() -> new IllegalStateException("no URL: give --url or set manus.webhook.public-url"));
    }

    /** @throws IllegalStateException when deliveries cannot arrive there */
    private void lookAt(String target) throws InterruptedException {
        Look look = settings.publicUrlLook().at(target);
        if (look.isWrong()) {
            throw new IllegalStateException(
                    "not registered: " + look.sentence() + ". To register it without this look: --no-check");
        }
        if (!look.isGood()) {
            err().println("warning: " + look.sentence());
        }
    }

    private static String explain(Webhook inactive) {
        return inactive.url() + " is registered and inactive (id " + inactive.id()
                + "): Manus sends nothing there. Mend"
                + " what keeps deliveries from arriving (webhook status), then register it anew: webhook register"
                + " --replace";
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
    private static List<Webhook> registrationsOf(ManusApi api, String url) {
        try {
            return api.webhooks().of(url);
        } catch (ManusApiException refusal) {
            if (refusal.isNotInV1()) {
                return List.of();
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
