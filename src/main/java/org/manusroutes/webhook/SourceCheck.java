package org.manusroutes.webhook;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.manusroutes.net.Network;

/**
 * Finds the address a request really comes from and says whether it may send.
 *
 * <p>{@code X-Forwarded-For} is believed only as far as our own proxies wrote it: walked from right to left, the first
 * address that is none of theirs is the sender.
 */
final class SourceCheck {
    private final List<Network> allowed;
    private final List<Network> proxies;

    SourceCheck(WebhookProperties properties) {
        allowed = Network.parseAll(properties.allowedSources());
        proxies = Network.parseAll(properties.trustedProxies());
    }

    void check(HttpServletRequest request) throws RefusedException {
        if (allowed.isEmpty()) {
            return;
        }
        String source = sender(request);
        if (!contains(allowed, source)) {
            throw new RefusedException(Refusal.SOURCE, "from " + printable(source));
        }
    }

    String sender(HttpServletRequest request) {
        String sender = request.getRemoteAddr();
        if (proxies.isEmpty()) {
            return sender;
        }
        List<String> hops = hops(request);
        for (int i = hops.size() - 1; i >= 0 && contains(proxies, sender); i--) {
            sender = hops.get(i);
        }
        return sender;
    }

    private static List<String> hops(HttpServletRequest request) {
        List<String> hops = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders("X-Forwarded-For"))) {
            for (String hop : line.split(",", -1)) {
                hops.add(withoutPort(hop.strip()));
            }
        }
        return hops;
    }

    /** Some proxies write {@code 192.0.2.7:4711} or {@code [2001:db8::1]:4711}. */
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    private static boolean contains(List<Network> networks, String address) {
        byte[] bytes;
        try {
            bytes = Network.address(address);
        } catch (IllegalArgumentException e) {
            return false; // a proxy's "unknown" is in no network
        }
        return networks.stream().anyMatch(network -> network.contains(bytes));
    }

    private static String printable(String text) {
        return text.length() > 60 ? text.substring(0, 60) : text.replaceAll("[^ -~]", "?");
    }
}
