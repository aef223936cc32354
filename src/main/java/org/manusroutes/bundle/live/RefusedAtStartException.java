package org.manusroutes.bundle.live;

import java.nio.file.Path;
import java.util.List;
import org.manusroutes.bundle.Problem;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Thrown at start when the folder does not check, and nothing is known that ran before. */
final class RefusedAtStartException extends IllegalStateException {
    RefusedAtStartException(Path folder, List<Problem> problems) {
        super("The routes in " + folder + " are refused:" + Problem.lines(folder, problems));
    }

    /** Says it without a stack trace. */
    static final class Analyzer extends AbstractFailureAnalyzer<RefusedAtStartException> {
        @Override
        protected FailureAnalysis analyze(Throwable root, RefusedAtStartException cause) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Fix the problems above; 'java -jar manus-webhook-routes.jar routes check' checks the folder.",
                    cause);
        }
    }
}
