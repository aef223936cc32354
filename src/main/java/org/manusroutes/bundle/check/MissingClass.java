package org.manusroutes.bundle.check;

import java.util.Optional;

/** A class that a component, a language or a bean needs, and that no jar has. */
public final class MissingClass {
    private MissingClass() {}

    /** What to say when that is what went wrong. */
    public static Optional<String> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof LinkageError || cause instanceof ClassNotFoundException) {
                return Optional.of(text(cause));
            }
        }
        return Optional.empty();
    }

    private static String text(Throwable failure) {
        String name = String.valueOf(failure.getMessage()).replace('/', '.');
        return failure instanceof NoClassDefFoundError || failure instanceof ClassNotFoundException
                ? text(name)
                : failure.toString();
    }

    static String text(String name) {
        return "the class " + name + " is missing: correct its name, or put the jar that has it into lib/";
    }
}
