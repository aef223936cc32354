package org.manusroutes.text;

import java.util.regex.Pattern;

/** Keeps secrets out of what is printed when a setting is wrong, or a request is shown. */
public final class Secrets {
    /** Longer than any path or name that people give. */
    private static final int LONGEST = 255;

    private static final String MASK = "***";

    /** User and password in a URL; what follows the name of a secret; in a query, that of a signature or a key. */
    private static final Pattern IN_TEXT = Pattern.compile(
            "(//)[^/@\\s]*:[^/@\\s]*@|((?:password|secret|token|passwd)=)[^&;\\s]*"
                    + "|([?&](?:[\\w.-]*[_.-])?(?:sig|signature|credential|api-?key|key|code|auth)=)[^&\\s\"'<>]*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NAME = Pattern.compile(
            "authorization|cookie|token|secret|passw|credential|signature|(^|[-_])key|api-?key",
            Pattern.CASE_INSENSITIVE);

    private Secrets() {}

    /** A text without the passwords that stand in it as in URLs. */
    public static String masked(String text) {
        return IN_TEXT.matcher(text).replaceAll(found -> {
            String user = found.group(1);
            return user == null ? found.group().substring(0, found.group().indexOf('=') + 1) + MASK : user + MASK + "@";
        });
    }

    /** The value of a header or a setting, or a mask when its name says that it is a secret. */
    public static String value(String name, Object value) {
        return NAME.matcher(name).find() ? MASK : masked(String.valueOf(value));
    }

    /** The path that a setting names; not what was given instead of one, which may be the key itself. */
    public static String path(String given) {
        return given.length() > LONGEST || given.startsWith("-----")
                ? "(a text of " + given.length() + " characters instead of a path)"
                : given;
    }
}
