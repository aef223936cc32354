package org.manusroutes.cli;

import picocli.CommandLine.Command;

/** The folder of routes, as those see it who edit it. */
@Command(
        name = "routes",
        description =
                "Check the routes before they run, try them on events, begin a new one; go back to an earlier version.",
        synopsisSubcommandLabel = "COMMAND")
final class RoutesCommand {}
