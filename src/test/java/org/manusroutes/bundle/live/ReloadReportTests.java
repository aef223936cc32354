package org.manusroutes.bundle.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.Place;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.RoutesFolder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A folder that cannot be read: a symlink loop, missing rights, a file server that forgot it. */
@ExtendWith(OutputCaptureExtension.class)
class ReloadReportTests {
    private static final IOException LOOP =
            new FileSystemException("routes", null, "Too many levels of symbolic links");

    private final List<Object> published = new ArrayList<>();
    private ReloadReport report;

    @BeforeEach
    void start() throws IOException {
        report = new ReloadReport(
                new RoutesFolder(Path.of("routes")), published::add, Clock.systemUTC(), new SimpleMeterRegistry());
    }

    @Test
    void isToldOnceUntilTheReasonChanges(CapturedOutput output) {
        for (int look = 0; look < 50; look++) {
            report.cannotRead(LOOP, null);
        }
        assertThat(published).hasSize(1);
        assertThat(output.getAll().split("cannot be read", -1)).hasSize(2);
        assertThat(report.refused()).isNotNull();
        report.cannotRead(new IOException("Stale file handle"), null);
        assertThat(published).hasSize(2);
    }

    @Test
    void isForgottenWhenTheFolderCanBeReadAgain() {
        report.cannotRead(LOOP, null);
        report.canRead();
        assertThat(report.refused()).isNull();
        report.cannotRead(LOOP, null);
        assertThat(published).hasSize(2);
    }

    @Test
    void doesNotForgetAnEditThatWasRefusedBefore() throws IOException {
        Bundle bundle = Bundle.read(Path.of("routes"));
        report.refuses(bundle, List.of(Problem.error(new Place("a.camel.yaml", 1, 1), "wrong")), null);
        RefusedChange edit = report.refused();
        report.cannotRead(LOOP, null);
        report.cannotRead(new IOException("another"), null);
        report.canRead();
        assertThat(report.refused()).isSameAs(edit);
    }
}
