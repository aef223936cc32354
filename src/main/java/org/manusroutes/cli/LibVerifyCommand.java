package org.manusroutes.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.manusroutes.lib.LibVerify;
import picocli.CommandLine.Command;

/** Whether {@code lib/} is what its lock says, and goes with the application. */
@Command(
        name = "verify",
        description = "Hold the jars in lib/ against lib/lock.json and the application, for example after an update."
                + " Ends with 1 when something is wrong.")
final class LibVerifyCommand extends CommandBase implements Callable<Integer> {
    LibVerifyCommand(CommandSettings settings) {
        super(settings);
    }

    @Override
    public Integer call() {
        List<String> findings = LibVerify.findings(settings.lib());
        findings.forEach(out()::println);
        if (findings.isEmpty()) {
            out().println("no problems in " + settings.lib());
        }
        return findings.isEmpty() ? 0 : 1;
    }
}
