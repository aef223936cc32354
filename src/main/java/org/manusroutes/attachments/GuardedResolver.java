package org.manusroutes.attachments;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.manusroutes.failure.PermanentFailure;

/**
 * Resolves the hosts of files, and refuses one of whose addresses even one is forbidden.
 *
 * <p>The client connects to exactly the addresses that come from here, literals included
 * ({@code DefaultHttpClientConnectionOperator} asks no one else), so no second answer of a name server slips in.
 */
final class GuardedResolver implements DnsResolver {
    private final DnsResolver names;
    private final Predicate<InetAddress> allowed;

    GuardedResolver(Predicate<InetAddress> allowed) {
        this(SystemDefaultDnsResolver.INSTANCE, allowed);
    }

    GuardedResolver(DnsResolver names, Predicate<InetAddress> allowed) {
        this.names = names;
        this.allowed = allowed;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        for (InetAddress address : addresses) {
            if (!allowed.test(address)) {
                throw new PermanentFailure("Host " + host + " has the address " + address.getHostAddress()
                        + ", which is not public (manus.attachments.allow-private-addresses is false)");
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }
}
