package org.manusroutes.bundle.live;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.manusroutes.bundle.Problem;

/**
 * An edit of the folder that does not run, published as an application event once.
 *
 * @param folder where it lies
 * @param hash of the folder as it was refused
 * @param running number of the version that goes on
 * @param problems at least one is an error; paths are within the folder
 */
public record RefusedChange(Path folder, String hash, Instant at, long running, List<Problem> problems) {
    /** The errors, a line each, with the way to the file. */
    public List<String> lines() {
        return problems.stream()
                .filter(Problem::isError)
                .map(problem -> problem.in(folder))
                .toList();
    }
}
