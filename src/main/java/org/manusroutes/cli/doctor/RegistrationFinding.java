package org.manusroutes.cli.doctor;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manusroutes.doctor.Finding;
import org.manusroutes.manus.Webhook;
import org.manusroutes.manus.Webhooks;

/** Whether Manus delivers to a URL, by the registrations of the account. */
public final class RegistrationFinding {
    static final String NAME = "registration";

    private RegistrationFinding() {}

    public static Finding of(String url, Webhooks webhooks) {
        List<Webhook> found = webhooks.of(url);
        List<Webhook> active = found.stream().filter(Webhook::isActive).toList();
        if (found.isEmpty()) {
            String others = others(url, webhooks);
            return Finding.fail(
                    NAME,
                    url + " is not registered, so Manus sends nothing" + others,
                    "run webhook register" + (others.isEmpty() ? "" : ", or correct manus.webhook.public-url"));
        }
        if (active.isEmpty()) {
            return Finding.fail(
                    NAME,
                    url + " is registered and inactive (" + ids(found) + "), so Manus sends nothing",
                    "mend what keeps deliveries from arriving, then run webhook register --replace");
        }
        if (active.size() > 1) {
            return Finding.warn(
                    NAME,
                    url + " is registered " + active.size() + " times (" + ids(active)
                            + "), so each event comes as often",
                    "keep one: webhook delete ID");
        }
        return Finding.ok(NAME, url + " is registered and active (" + ids(active) + ")");
    }

    private static String ids(List<Webhook> webhooks) {
        return webhooks.stream().map(Webhook::id).collect(Collectors.joining(", "));
    }

    /** Registrations of the same host, which differ in something that is signed. */
    private static String others(String url, Webhooks webhooks) {
        String near = webhooks.data().stream()
                .map(Webhook::url)
                .filter(other -> host(url) != null && Objects.equals(host(other), host(url)))
                .collect(Collectors.joining(", "));
        return near.isEmpty() ? "" : "; registered is " + near;
    }

    private static @Nullable String host(String url) {
        try {
            return URI.create(url).getHost();
        } catch (IllegalArgumentException noUrl) {
            return null;
        }
    }
}
