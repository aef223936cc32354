package org.manusroutes.lib;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.ContextOverrides.ChecksumPolicy;
import eu.maveniverse.maven.mima.runtime.standalonestatic.StandaloneStaticRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencyCollectionContext;
import org.eclipse.aether.collection.DependencySelector;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.ChecksumFailureException;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;
import org.eclipse.aether.util.graph.selector.AndDependencySelector;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;
import org.eclipse.aether.util.repository.SimpleResolutionErrorPolicy;
import org.jspecify.annotations.Nullable;

/** The Maven repositories of whoever runs this: settings.xml with its mirrors and proxies, and the local repository. */
final class Repositories implements AutoCloseable {
    private final Context context;
    private final DefaultRepositorySystemSession session;

    private Repositories(Context context) {
        this.context = context;
        this.session = new DefaultRepositorySystemSession(context.repositorySystemSession());
        // what could not be had yesterday is asked for again
        session.setResolutionErrorPolicy(new SimpleResolutionErrorPolicy(false, false));
        // a broken POM would hide what a jar needs
        session.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(true, false));
    }

    /**
     * A jar that was fetched.
     *
     * @param coordinate with its version
     */
    record Fetched(Coordinate coordinate, Path file) {}

    /**
     * @param settings in place of {@code ~/.m2/settings.xml}
     * @param instead a local repository for those who have none and cannot make one
     */
    static Repositories open(@Nullable Path settings, Path instead) {
        ContextOverrides wanted = ContextOverrides.create()
                .withUserSettings(true)
                .withUserSettingsXmlOverride(settings)
                .ignoreArtifactDescriptorRepositories(true)
                // not every repository of a company has checksums: a missing one is no fault, a wrong one is
                .checksumPolicy(ChecksumPolicy.WARN)
                .transferListener(new RefusesWrongChecksums())
                .configProperties(Map.of("aether.connector.requestTimeout", 60_000))
                .build();
        StandaloneStaticRuntime runtime = new StandaloneStaticRuntime();
        Context context = runtime.create(wanted);
        Path local = context.repositorySystemSession()
                .getLocalRepository()
                .getBasedir()
                .toPath();
        if (!canBeWritten(local)) {
            context.close();
            context = runtime.create(
                    wanted.toBuilder().withLocalRepositoryOverride(instead).build());
        }
        return new Repositories(context);
    }

    private static boolean canBeWritten(Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return folder.isAbsolute() && there != null && Files.isDirectory(there) && Files.isWritable(there);
    }

    /** What a bill of materials manages, and those that it imports. */
    List<Dependency> managed(String bom) {
        ArtifactDescriptorRequest request = new ArtifactDescriptorRequest();
        request.setArtifact(new DefaultArtifact(bom));
        request.setRepositories(context.remoteRepositories());
        DefaultRepositorySystemSession strict = new DefaultRepositorySystemSession(session);
        strict.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(false, false));
        try {
            return context.repositorySystem()
                    .readArtifactDescriptor(strict, request)
                    .getManagedDependencies();
        } catch (RepositoryException e) {
            throw RepositoryTrouble.of(e, context.remoteRepositories());
        }
    }

    /**
     * A jar and what it needs, except what is left out, and all that is only needed by that.
     *
     * @param managed the versions to take; of two for one jar, the first
     */
    List<Fetched> fetch(Coordinate wanted, List<Dependency> managed, Predicate<Coordinate> leftOut) {
        DefaultRepositorySystemSession selective = new DefaultRepositorySystemSession(session);
        selective.setDependencySelector(
                AndDependencySelector.newInstance(session.getDependencySelector(), new LeavesOut(leftOut)));
        CollectRequest collect = new CollectRequest()
                // not as the root, which would need its optional dependencies too
                .addDependency(new Dependency(artifact(wanted), "compile"))
                .setManagedDependencies(managed)
                .setRepositories(context.remoteRepositories());
        try {
            List<Fetched> fetched = new ArrayList<>();
            for (ArtifactResult result : context.repositorySystem()
                    .resolveDependencies(selective, new DependencyRequest(collect, null))
                    .getArtifactResults()) {
                Artifact artifact = result.getArtifact();
                if (artifact.getExtension().equals("jar")) {
                    fetched.add(
                            new Fetched(coordinate(artifact), artifact.getFile().toPath()));
                }
            }
            return fetched;
        } catch (RepositoryException e) {
            throw RepositoryTrouble.of(e, context.remoteRepositories());
        }
    }

    static Artifact artifact(Coordinate jar) {
        return new DefaultArtifact(jar.group(), jar.artifact(), jar.classifier(), "jar", jar.version());
    }

    static Coordinate coordinate(Artifact jar) {
        return new Coordinate(jar.getGroupId(), jar.getArtifactId(), jar.getClassifier(), jar.getVersion());
    }

    @Override
    public void close() {
        context.close();
    }

    /** Does not even ask for what the application has, and so not for what that needs. */
    private record LeavesOut(Predicate<Coordinate> leftOut) implements DependencySelector {
        @Override
        public boolean selectDependency(Dependency dependency) {
            return !leftOut.test(coordinate(dependency.getArtifact()));
        }

        @Override
        public DependencySelector deriveChildSelector(DependencyCollectionContext context) {
            return this;
        }
    }

    private static final class RefusesWrongChecksums extends AbstractTransferListener {
        @Override
        public void transferCorrupted(TransferEvent event) throws TransferCancelledException {
            if (event.getException() instanceof ChecksumFailureException failure
                    && !failure.getExpected().isEmpty()) {
                throw new TransferCancelledException(failure.getMessage(), failure);
            }
        }
    }
}
