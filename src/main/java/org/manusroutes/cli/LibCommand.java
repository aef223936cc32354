package org.manusroutes.cli;

import picocli.CommandLine.Command;

/** The folder {@code lib/}, as those see it who need a component more. */
@Command(
        name = "lib",
        description =
                "Put Camel components and drivers that the application does not carry into lib/, and look after them.",
        synopsisSubcommandLabel = "COMMAND")
final class LibCommand {}
