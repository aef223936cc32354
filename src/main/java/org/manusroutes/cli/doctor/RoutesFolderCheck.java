package org.manusroutes.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RoutesFolder;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;

/** Whether the folder of the routes can be read, can run, and is safe from others. */
public final class RoutesFolderCheck implements Check {
    private static final String SETTING = "manus.routes.directory";
    private static final int SHOWN = 5;
    /** It computes rather than waits. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final BundleLook look;

    /** All that {@code routes check} looks at. */
    @FunctionalInterface
    public interface BundleLook {
        List<Problem> at(Bundle bundle) throws Exception;
    }

    public RoutesFolderCheck(Path folder, BundleLook look) {
        this.folder = folder.toAbsolutePath().normalize();
        this.look = look;
    }

    @Override
    public String name() {
        return "routes";
    }

    @Override
    public String waitsFor() {
        return "the check of " + folder + " (" + SETTING + ")";
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public List<Finding> run() throws Exception {
        if (!Files.isDirectory(folder)) {
            return List.of(Finding.fail(
                    name(), "there is no folder " + folder, "run it in the folder of the server, or set " + SETTING));
        }
        if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
            return List.of(Finding.fail(
                    name(), folder + " cannot be read by this user", "let the user of the server read it: " + SETTING));
        }
        Bundle bundle = Bundle.read(folder);
        if (bundle.files().isEmpty()) {
            return List.of(Finding.fail(
                    name(), "there are no *.camel.yaml files in " + folder, "put the routes there, or set " + SETTING));
        }
        List<Finding> findings = new ArrayList<>(judge(bundle));
        List<Path> open = RoutesFolder.openToAnybody(folder);
        if (!open.isEmpty()) {
            findings.add(Finding.warn(
                    name(),
                    "anybody on this machine may change the routes, and so what the server does",
                    "chmod o-w " + open.stream().map(Path::toString).collect(Collectors.joining(" "))));
        }
        return findings;
    }

    private List<Finding> judge(Bundle bundle) throws Exception {
        List<Problem> problems = look.at(bundle);
        List<Problem> errors = problems.stream().filter(Problem::isError).toList();
        String files = bundle.files().size() + " files in " + folder;
        if (errors.isEmpty()) {
            return List.of(
                    problems.isEmpty()
                            ? Finding.ok(name(), files + ", no problems")
                            : Finding.warn(
                                    name(),
                                    files + ", " + problems.size() + " warnings; the first: " + problems.get(0),
                                    "run routes check"));
        }
        return errors.stream()
                .limit(SHOWN)
                .map(error -> Finding.fail(
                        name(),
                        error.toString(),
                        "correct " + folder.resolve(error.file()) + ", and run routes check"
                                + (errors.size() > SHOWN ? "; there are " + errors.size() + " errors" : "")))
                .toList();
    }
}
