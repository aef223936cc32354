package org.manusroutes.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** A network in CIDR notation, {@code 10.0.0.0/8} or {@code 2001:db8::/32}; a plain address is a network of one. */
public final class Network {
    private final byte[] network;
    private final int prefix;

    private Network(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /**
     * Reads a network.
     *
     * @throws IllegalArgumentException when the text is no network; the message names it
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = address(slash < 0 ? text : text.substring(0, slash));
        int prefix = slash < 0 ? network.length * 8 : number(text, slash + 1);
        if (prefix < 0 || prefix > network.length * 8) {
            throw new IllegalArgumentException("'" + text + "' is no network: the prefix must be 0 to "
                    + network.length * 8 + ", as in 10.0.0.0/8");
        }
        return new Network(network, prefix);
    }

    /** Reads all that are not blank; errors as in {@link #parse}. */
    public static List<Network> parseAll(List<String> texts) {
        return texts.stream()
                .map(String::strip)
                .filter(t -> !t.isEmpty())
                .map(Network::parse)
                .toList();
    }

    /** The bytes of an address written in digits; a name is refused, never looked up. */
    public static byte[] address(String text) {
        String bare = text.strip();
        boolean digitsOnly =
                !bare.isEmpty() && bare.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
        boolean literal = digitsOnly
                && (bare.indexOf(':') >= 0 || bare.chars().filter(c -> c == '.').count() == 3);
        if (!literal) {
            throw new IllegalArgumentException("'" + text + "' is no address: write it in digits, as in 192.0.2.7");
        }
        try {
            return InetAddress.getByName(bare).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is no address: write it in digits, as in 192.0.2.7", e);
        }
    }

    /** Whether an address of this many bytes lies in it. */
    public boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((address[whole] ^ network[whole]) & (0xFF00 >> rest) & 0xFF) == 0;
    }

    private static int number(String text, int from) {
        try {
            return Integer.parseInt(text.substring(from).strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no network: write it as in 10.0.0.0/8", e);
        }
    }
}
