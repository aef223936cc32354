package org.manusroutes.lib;

import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.transfer.ChecksumFailureException;
import org.jspecify.annotations.Nullable;

/** Why a jar could not be had, in a sentence. */
final class RepositoryTrouble {
    private RepositoryTrouble() {}

    /** @param asked the repositories of this run */
    static IllegalStateException of(RepositoryException failure, List<RemoteRepository> asked) {
        return new IllegalStateException(sentence(failure, asked), failure);
    }

    private static String sentence(RepositoryException failure, List<RemoteRepository> asked) {
        Throwable root = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            if (cause instanceof ArtifactNotFoundException missing) {
                return "there is no " + name(missing.getArtifact()) + " in "
                        + asked.stream().map(RepositoryTrouble::name).collect(Collectors.joining(" or "));
            }
            if (cause instanceof ArtifactTransferException broken) {
                return broken(broken);
            }
        }
        return text(root);
    }

    private static String broken(ArtifactTransferException broken) {
        Throwable root = broken;
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            root = cause;
            if (cause instanceof ChecksumFailureException checksum) {
                return "the checksum of " + name(broken.getArtifact()) + " in " + name(broken.getRepository())
                        + " is wrong: " + text(checksum);
            }
        }
        return "cannot reach the repository " + name(broken.getRepository()) + " for " + name(broken.getArtifact())
                + ": " + text(root);
    }

    private static String text(Throwable root) {
        return root.getMessage() == null || root instanceof java.net.UnknownHostException
                ? root.getClass().getSimpleName() + (root.getMessage() == null ? "" : " " + root.getMessage())
                : root.getMessage();
    }

    private static String name(@Nullable Artifact artifact) {
        return artifact == null ? "jar" : Repositories.coordinate(artifact).toString();
    }

    private static String name(@Nullable RemoteRepository repository) {
        return repository == null ? "the repository" : repository.getId() + " (" + repository.getUrl() + ")";
    }
}
