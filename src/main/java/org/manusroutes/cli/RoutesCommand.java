package org.manusroutes.cli;

import picocli.CommandLine.Command;

/** The folder of routes, as those see it who edit it. */
@Command(name = "routes", description = "Check the routes before they run.", synopsisSubcommandLabel = "COMMAND")
final class RoutesCommand {}
