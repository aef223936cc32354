package org.manusroutes.cli;

import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.manusroutes.text.Secrets;
import org.manusroutes.text.YamlFault;
import org.springframework.core.NestedExceptionUtils;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What went wrong, for people: one line, no stack trace. */
final class ErrorLine {
    private ErrorLine() {}

    static String about(Exception failure) {
        if (failure instanceof NoSuchFileException missing) {
            return "no such file: " + Secrets.path(missing.getFile());
        }
        if (failure instanceof FileSystemException unreadable) {
            return "cannot read " + Secrets.path(String.valueOf(unreadable.getFile()));
        }
        if (failure instanceof MarkedYAMLException unreadable) {
            return YamlFault.sentence(unreadable);
        }
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : Secrets.masked(message.replaceAll("\\s*\\R\\s*", " "));
    }

    /** The innermost reason, where the outer ones say only who noticed. */
    static String aboutRootOf(Exception failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return root instanceof Exception inner ? about(inner) : root.toString();
    }
}
