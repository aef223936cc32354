package org.manusroutes.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Whether an address belongs to the public Internet, by IANA's registries of special-purpose addresses (RFC 6890 and
 * its updates). IPv6 is public in 2000::/3 alone; a form that carries an IPv4 address is judged by that.
 */
public final class PublicAddress {
    private static final List<Network> SPECIAL_IPV4 = Network.parseAll(List.of(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4"));
    private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");
    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
    private static final List<Network> SPECIAL_IPV6 =
            Network.parseAll(List.of("2001::/23", "2001:db8::/32", "3fff::/20"));

    private PublicAddress() {}

    /** False for an address that only means something to some network of its own. */
    public static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return SPECIAL_IPV4.stream().noneMatch(network -> network.contains(bytes));
        }
        if (NAT64.contains(bytes)) {
            return is(embedded(bytes, 12));
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return is(embedded(bytes, 2));
        }
        return GLOBAL_UNICAST.contains(bytes) && SPECIAL_IPV6.stream().noneMatch(network -> network.contains(bytes));
    }

    private static InetAddress embedded(byte[] bytes, int from) {
        return address(Arrays.copyOfRange(bytes, from, from + 4));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(bytes.length + " bytes are no address", e);
        }
    }
}
