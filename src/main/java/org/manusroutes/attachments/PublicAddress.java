package org.manusroutes.attachments;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether an address belongs to the public Internet, by IANA's registries of special-purpose addresses (RFC 6890 and
 * its updates). IPv6 is public in 2000::/3 alone; a form that carries an IPv4 address is judged by that.
 */
final class PublicAddress {
    private static final List<Network> SPECIAL_IPV4 = networks(
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
            "240.0.0.0/4");
    private static final Network GLOBAL_UNICAST = network("2000::/3");
    private static final Network NAT64 = network("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = network("2002::/16");
    private static final List<Network> SPECIAL_IPV6 = networks("2001::/23", "2001:db8::/32", "3fff::/20");

    private PublicAddress() {}

    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return SPECIAL_IPV4.stream().noneMatch(network -> network.test(bytes));
        }
        if (NAT64.test(bytes)) {
            return is(embedded(bytes, 12));
        }
        if (SIX_TO_FOUR.test(bytes)) {
            return is(embedded(bytes, 2));
        }
        return GLOBAL_UNICAST.test(bytes) && SPECIAL_IPV6.stream().noneMatch(network -> network.test(bytes));
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

    private static List<Network> networks(String... networks) {
        return Arrays.stream(networks).map(PublicAddress::network).toList();
    }

    private static Network network(String cidr) {
        String[] parts = cidr.split("/", 2);
        try {
            return new Network(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(cidr + " is no network", e);
        }
    }

    private static final class Network implements Predicate<byte[]> {
        private final byte[] first;
        private final int bits;

        private Network(byte[] first, int bits) {
            this.first = first;
            this.bits = bits;
        }

        @Override
        public boolean test(byte[] address) {
            if (address.length != first.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (first[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
