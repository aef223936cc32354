package org.manusroutes.notify.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The mail server, the sender and the recipients; empty means not set.
 *
 * @param username empty: no authentication
 * @param to recipients as in a header (RFC 5322), comma-separated
 * @param maxConnections most connections to the server at once; they are kept for a while
 */
@ConfigurationProperties("manus.mail")
@Validated
public record MailProperties(
        @DefaultValue("") String host,
        @DefaultValue("587") @Min(1) @Max(65535) int port,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        @DefaultValue("starttls") Tls tls,
        @DefaultValue("") String from,
        @DefaultValue("") String to,
        @DefaultValue("5") @Min(1) @Max(1000) int maxConnections) {

    private static final Pattern DOMAIN = Pattern.compile("@([^\\s,;<>\"@]*[^\\p{ASCII}][^\\s,;<>\"@]*)");

    /** How the connection is secured: upgraded (and given up when it cannot be), from its first byte, not at all. */
    public enum Tls {
        STARTTLS,
        TLS,
        NONE
    }

    /** Tells a misspelt address at start, not with the first mail. */
    public MailProperties {
        if (parse("manus.mail.from", from).length > 1) {
            throw new IllegalArgumentException("manus.mail.from: more than one address in '" + from + "'");
        }
        parse("manus.mail.to", to);
    }

    public boolean enabled() {
        return missing().isEmpty();
    }

    /** The first key without which no mail can be sent, or an empty string. */
    public String missing() {
        if (host.isBlank()) {
            return "manus.mail.host";
        }
        if (from.isBlank()) {
            return "manus.mail.from";
        }
        return to.isBlank() ? "manus.mail.to" : "";
    }

    public InternetAddress sender() {
        return parse("manus.mail.from", from)[0];
    }

    public InternetAddress[] recipients() {
        return parse("manus.mail.to", to);
    }

    private static InternetAddress[] parse(String key, String addresses) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(inAscii(addresses), true);
            for (InternetAddress address : parsed) {
                address.validate();
                if (!address.getAddress().chars().allMatch(c -> c < 128)) {
                    throw new AddressException("what stands before the @ has letters that no mail server here takes");
                }
                address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name()); // RFC 2047
            }
            return parsed;
        } catch (AddressException | UnsupportedEncodingException e) {
            throw new IllegalArgumentException(key + ": '" + addresses + "' is no mail address: " + e.getMessage(), e);
        }
    }

    /** Domains in other scripts become what DNS has for them (RFC 5891). */
    private static String inAscii(String addresses) throws AddressException {
        try {
            return DOMAIN.matcher(addresses).replaceAll(found -> "@" + IDN.toASCII(found.group(1)));
        } catch (IllegalArgumentException e) {
            throw new AddressException("its domain is none: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return "MailProperties[host=%s, port=%d, tls=%s, from=%s, to=%s]".formatted(host, port, tls, from, to);
    }
}
