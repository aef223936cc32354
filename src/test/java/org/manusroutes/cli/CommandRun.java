package org.manusroutes.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** A command that was run in this JVM: what it printed, and its exit code. */
public record CommandRun(int exitCode, String out, String err) {
    public static CommandRun of(Map<String, Object> settings, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Commands.run(settings, new PrintWriter(out, true), new PrintWriter(err, true), args);
        return new CommandRun(exitCode, out.toString().strip(), err.toString().strip());
    }

    /** The exit code, a blank, and what it printed. */
    public static String said(Map<String, Object> settings, String... args) {
        CommandRun run = of(settings, args);
        return run.exitCode + " " + run.out + run.err;
    }
}
