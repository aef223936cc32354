package org.manusroutes.bundle.live;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.manusroutes.bundle.Problem;

/**
 * What lies in the folder and does not run, published as an application event once.
 *
 * @param folder where it lies
 * @param hash of the folder as it was refused
 * @param running number of the version that goes on; null when none runs, and events wait
 * @param pending whether it is good, does not start, and is tried again
 * @param problems at least one is an error; paths are within the folder
 */
public record RefusedChange(
        Path folder, String hash, Instant at, @Nullable Long running, boolean pending, List<Problem> problems) {
    private static final Pattern VARYING = Pattern.compile("\\w*\\d\\w*");

    /** But for numbers and addresses of objects, which differ with each try. */
    boolean saysTheSame(RefusedChange other) {
        return hash.equals(other.hash)
                && pending == other.pending
                && Objects.equals(running, other.running)
                && causes().equals(other.causes());
    }

    private List<String> causes() {
        return lines().stream()
                .map(line -> VARYING.matcher(line).replaceAll(""))
                .toList();
    }

    /** The errors, a line each, with the way to the file. */
    public List<String> lines() {
        return problems.stream()
                .filter(Problem::isError)
                .map(problem -> problem.in(folder))
                .toList();
    }
}
