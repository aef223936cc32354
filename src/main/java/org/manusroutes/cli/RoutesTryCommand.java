package org.manusroutes.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.check.BundleCheck;
import org.manusroutes.bundle.dryrun.DryRun;
import org.manusroutes.bundle.dryrun.DryRun.Trace;
import org.manusroutes.bundle.dryrun.SampleEvent;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a folder of routes would do with events; nothing is sent, nothing is changed. */
@Command(
        name = "try",
        description = "Run events through a folder of routes and say what would go out. Nothing is sent or changed.")
final class RoutesTryCommand extends CommandBase implements Callable<Integer> {
    @Mixin
    private final FolderParameter folder = new FolderParameter();

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // as above
    private Events events;

    /** Which events. */
    static final class Events {
        @Option(names = "--event", paramLabel = "KEY|FILE", description = "a stored event, or a file with one")
        private @Nullable List<String> named;

        @Option(names = "--last", paramLabel = "N", description = "the last stored events")
        private int last;
    }

    @Option(names = "--type", paramLabel = "TYPE", description = "with --last: of this event type")
    private @Nullable String type;

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "print only what that folder would do otherwise; 'current': manus.routes.directory")
    private @Nullable String against;

    @Mixin
    private final Output output = new Output();

    RoutesTryCommand(CommandSettings settings) {
        super(settings);
    }

    /** @param before what the other folder would do; null without one */
    private record Tried(
            String event,
            String type,
            Trace trace,
            @Nullable Trace before) {
        boolean isChanged() {
            return before != null && !trace.equals(before);
        }
    }

    @Override
    public Integer call() throws Exception {
        BundleCheck.prepare();
        Path directory = folder.orThat(this);
        TriedEvents source = new TriedEvents(settings);
        List<SampleEvent> samples = new ArrayList<>();
        if (events.named != null) {
            for (String name : events.named) {
                samples.add(source.named(name, Commands.fromWhereItWasCalled(name)));
            }
        } else {
            samples.addAll(source.last(positive("--last", events.last), type));
        }
        boolean offline = !source.haveUsedTheDatabase();
        try (ConfigurableApplicationContext beans = OfflineBeans.open(settings.environment())) {
            BundleCheck check = new BundleCheck(beans);
            List<Trace> now = run(beans, check, directory, samples, offline);
            List<Trace> before = against == null ? List.of() : run(beans, check, other(against), samples, offline);
            List<Tried> tried = new ArrayList<>();
            for (int i = 0; i < samples.size(); i++) {
                tried.add(new Tried(
                        samples.get(i).variables().eventKey(),
                        samples.get(i).variables().eventType(),
                        now.get(i),
                        against == null ? null : before.get(i)));
            }
            output.print(out(), tried, text(tried));
            if (tried.isEmpty()) {
                sayWhereItLooked();
            }
            return 0;
        } catch (Refused refused) {
            refused.problems.forEach(problem -> err().println(problem.in(refused.folder)));
            err().println("nothing was tried; see routes check");
            return 1;
        }
    }

    /** The folder does not check. */
    private static final class Refused extends Exception {
        private final transient Path folder;
        private final transient List<Problem> problems;

        Refused(Path folder, List<Problem> problems) {
            super("the folder does not check");
            this.folder = folder;
            this.problems = problems;
        }
    }

    private Path other(String name) {
        return name.equals("current") ? settings.routes() : Commands.fromWhereItWasCalled(name);
    }

    private static List<Trace> run(
            ConfigurableApplicationContext beans,
            BundleCheck check,
            Path directory,
            List<SampleEvent> samples,
            boolean offline)
            throws Exception {
        Bundle bundle = Bundle.read(directory);
        List<Problem> errors =
                check.check(bundle).stream().filter(Problem::isError).toList();
        if (!errors.isEmpty()) {
            throw new Refused(directory, errors);
        }
        try (DryRun dryRun = new DryRun(beans, bundle, offline)) {
            return samples.stream().map(dryRun::run).toList();
        }
    }

    private String text(List<Tried> tried) {
        List<String> lines = new ArrayList<>();
        long changed = tried.stream().filter(Tried::isChanged).count();
        for (Tried one : tried) {
            if (against != null && !one.isChanged()) {
                continue;
            }
            lines.add(one.event + " (" + one.type + ")");
            if (one.before != null) {
                lines.add("  now, by " + against + ":");
                describe(one.before, "    ", lines);
                lines.add("  then:");
            }
            describe(one.trace, one.before == null ? "  " : "    ", lines);
            lines.add("");
        }
        if (against != null) {
            lines.add((tried.size() - changed) + " of " + tried.size() + " events unchanged, " + changed
                    + " would go otherwise");
        } else {
            lines.add(tried.size() + (tried.size() == 1 ? " event" : " events") + ", nothing was sent");
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static void describe(Trace trace, String indent, List<String> lines) {
        lines.add(indent + "routes  " + String.join(", ", trace.routes()));
        trace.effects()
                .forEach(effect -> lines.add(indent + effect.kind() + "  " + effect.route() + "/" + effect.step() + "  "
                        + effect.text().replace("\n", "\n" + indent + "  ")));
        if (trace.effects().isEmpty()) {
            lines.add(indent + "nothing would go out");
        }
        if (trace.failure() != null) {
            lines.add(indent + "FAILED: " + trace.failure());
        }
    }
}
