package org.manusroutes.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command has: the server's settings, and a place to print to. */
abstract class CommandBase {
    final CommandSettings settings;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs a command
    private CommandSpec spec;

    CommandBase(CommandSettings settings) {
        this.settings = settings;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** To be called when nothing was found: there may be more in another database. */
    final void sayWhereItLooked() {
        settings.lookedIn().ifPresent(err()::println);
    }

    /** To be thrown for arguments that were understood and make no sense; the usage is printed with it. */
    final ParameterException misuse(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    /** @throws ParameterException unless there is at least one */
    final int positive(String option, int value) {
        if (value < 1) {
            throw misuse(option + " " + value + ": write a number from 1 on");
        }
        return value;
    }
}
