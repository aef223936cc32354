package org.manusroutes.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manusroutes.cli.doctor.RegistrationFinding;
import org.manusroutes.doctor.Finding;
import org.manusroutes.manus.Webhook;
import org.manusroutes.manus.Webhooks;
import org.manusroutes.webhook.Look;

/**
 * Whether Manus delivers to a URL.
 *
 * @param well whether it is registered once, active, and this receiver was seen there
 * @param look null when nobody looked
 */
record WebhookStatus(
        boolean well,
        String url,
        List<Webhook> registrations,
        String registration,
        @Nullable Look look) {
    static WebhookStatus of(String url, Webhooks webhooks, @Nullable Look look) {
        Finding registration = RegistrationFinding.of(url, webhooks);
        boolean registered = registration.level() == Finding.Level.OK;
        return new WebhookStatus(
                registered && (look == null || look.isGood()),
                url,
                webhooks.of(url),
                registration.found() + (registration.mend() == null ? "" : ": " + registration.mend()),
                look);
    }

    String text() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("url", url));
        registrations.forEach(
                webhook -> rows.add(List.of("registration", webhook.id() + "  " + Output.orDash(webhook.status()))));
        rows.add(List.of("delivery", registration));
        rows.add(List.of("seen from here", look == null ? "not looked at" : look.sentence()));
        return Output.columns(rows);
    }
}
