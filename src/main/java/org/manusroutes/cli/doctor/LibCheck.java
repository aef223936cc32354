package org.manusroutes.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;
import org.manusroutes.lib.LibVerify;

/** Whether the jars in {@code lib/} are those of its lock, and go with the application. */
public final class LibCheck implements Check {
    /** The others do no harm: a jar of one's own, one that the application has, a command at work. */
    private static final Pattern HARMFUL = Pattern.compile(".* (has changed|is missing): .*|.* is for Camel .*");

    private final Path lib;

    public LibCheck(Path lib) {
        this.lib = lib;
    }

    @Override
    public String name() {
        return "lib/";
    }

    @Override
    public String waitsFor() {
        return "the jars in " + lib;
    }

    @Override
    public List<Finding> run() {
        if (!Files.isDirectory(lib)) {
            return List.of(Finding.off(name(), "no jars are plugged in"));
        }
        List<Finding> findings =
                LibVerify.findings(lib).stream().map(this::finding).toList();
        return findings.isEmpty() ? List.of(Finding.ok(name(), "the jars are those of lib/lock.json")) : findings;
    }

    /** The sentences of {@code lib verify} end with what to do. */
    private Finding finding(String sentence) {
        int end = sentence.lastIndexOf(": ");
        String found = end < 0 ? sentence : sentence.substring(0, end);
        String mend = end < 0 ? "run lib verify" : sentence.substring(end + 2);
        if (HARMFUL.matcher(sentence).matches()) {
            return Finding.fail(name(), found, mend);
        }
        return sentence.contains(" is unknown: ")
                ? Finding.warn(name(), sentence, "nothing to do if it is yours; lib add records where a jar comes from")
                : Finding.warn(name(), found, mend);
    }
}
