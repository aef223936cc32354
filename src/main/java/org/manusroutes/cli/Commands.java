package org.manusroutes.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine;

/** Entry to the commands: exit code 0 when done, 1 when it failed, 2 when it was not understood. */
public final class Commands {
    private static final Set<String> OWN_OPTIONS = Set.of("--help", "--version");

    private Commands() {}

    /** Whether the arguments name a command; none, and options that start with {@code --}, are the server's. */
    public static boolean isMeantBy(String... args) {
        return args.length > 0 && (!args[0].startsWith("--") || OWN_OPTIONS.contains(args[0]));
    }

    /** Runs the command that is all this process does: nothing is logged, all there is to say is printed. */
    public static int run(String... args) {
        LoggingSystem.get(Commands.class.getClassLoader()).beforeInitialize();
        return run(Map.of(), console(System.out), console(System.err), args);
    }

    /**
     * Runs a command within a process that does something else too.
     *
     * @param settings take precedence over those of the environment and of {@code application.yaml}
     */
    public static int run(Map<String, Object> settings, PrintWriter out, PrintWriter err, String... args) {
        return commandLine(new CommandSettings(settings))
                .setOut(out)
                .setErr(err)
                .execute(args);
    }

    /** In the encoding of the terminal. */
    @SuppressWarnings("DefaultCharset") // it is the platform's
    public static PrintWriter console(PrintStream stream) {
        return new PrintWriter(stream, true);
    }

    private static CommandLine commandLine(CommandSettings settings) {
        Clock clock = Clock.system(ZoneId.systemDefault());
        return new CommandLine(new ManusCommand())
                .addSubcommand(new WebhookCommand(settings))
                .addSubcommand(new CommandLine(new TaskCommand(settings, clock))
                        .addSubcommand(new TaskListCommand(settings))
                        .addSubcommand(new TaskFilesCommand(settings))
                        .addSubcommand(new TaskStopCommand(settings))
                        .addSubcommand(new TaskAnswerCommand(settings, clock)))
                .addSubcommand(new DoctorCommand(settings, clock, Commands::freeBytes))
                .addSubcommand(new CommandLine(new EventCommand(settings, clock))
                        .addSubcommand(new EventListCommand(settings, clock))
                        .addSubcommand(new EventShowCommand(settings, clock))
                        .addSubcommand(new EventReplayCommand(settings, clock))
                        .addSubcommand(new EventPurgeCommand(settings)))
                .addSubcommand(new CommandLine(new RoutesCommand())
                        .addSubcommand(new RoutesCheckCommand(settings))
                        .addSubcommand(new RoutesTryCommand(settings))
                        .addSubcommand(new RoutesNewCommand(settings))
                        .addSubcommand(new RoutesListCommand(settings, clock))
                        .addSubcommand(new RoutesDiffCommand(settings))
                        .addSubcommand(new RoutesRollbackCommand(settings, clock)))
                .addSubcommand(new CommandLine(new LibCommand())
                        .addSubcommand(new LibAddCommand(settings))
                        .addSubcommand(new LibListCommand(settings))
                        .addSubcommand(new LibRemoveCommand(settings))
                        .addSubcommand(new LibVerifyCommand(settings))
                        .addSubcommand(new LibExportCommand(settings)))
                .registerConverter(Duration.class, DurationStyle::detectAndParse)
                .registerConverter(Path.class, Commands::fromWhereItWasCalled)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, args) -> usage(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(ErrorLine.about(failure));
                    settings.lookedIn().ifPresent(command.getErr()::println);
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    private static long freeBytes(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see how much room there is in " + folder, e);
        }
    }

    /** {@code bin/manus-webhook-routes} runs in the distribution's folder, and says where its caller stood. */
    static Path fromWhereItWasCalled(String file) {
        return Path.of(System.getProperty("manus.caller-directory", "")).resolve(file);
    }

    /** What was not understood, what may have been meant, and how it is used. */
    private static int usage(CommandLine.ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        command.getErr().println(mistake.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
        command.usage(command.getErr());
        return CommandLine.ExitCode.USAGE;
    }
}
