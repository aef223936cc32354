package org.manusroutes.attachments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.standins.FileServer;

/** Files that their host sends compressed, as S3 does with an object that was stored so. */
class ContentCodingTests extends DownloadTest {
    ContentCodingTests(@TempDir Path spool) {
        super(spool);
    }

    /** The event's size may be either, for a host that stores it compressed may have counted that. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", "aws-chunked,gzip", "deflate"})
    void undoesTheContentCodingOfTheTransfer(String coding) throws Exception {
        byte[] content = FileServer.content(100_000);
        byte[] sent = coding.equals("deflate") ? deflated(content) : gzipped(content);
        String url = server.coded("a", coding, sent);

        for (Long size : new Long[] {null, 100_000L, (long) sent.length}) {
            Download download = downloads.fetch(url, "report.csv", size);
            assertThat(download.path()).hasBinaryContent(content);
            assertThat(download.bytes()).isEqualTo(100_000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.csv.gz", "report.TGZ", "logo.svgz"})
    void leavesCompressedWhatItsNameSaysIsCompressed(String name) throws Exception {
        byte[] sent = gzipped(FileServer.content(1_000));

        assertThat(downloads
                        .fetch(server.coded("a", "gzip", sent), name, (long) sent.length)
                        .path())
                .hasBinaryContent(sent);
    }

    @Test
    void stopsAtTheLimitOfWhatASmallAnswerUnpacksTo() throws Exception {
        String url = server.coded("a", "gzip", gzipped(new byte[50_000_000]));

        assertThatThrownBy(() -> downloads.fetch(url, "report.csv", null))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("manus.attachments.max-size allows 1048576");
    }

    @Test
    void saysWhichCodingItCannotUndo() {
        assertThatThrownBy(() -> downloads.fetch(server.coded("a", "br", new byte[10]), null))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("has the Content-Encoding br");
    }

    @Test
    void triesAgainWhenACompressedFileIsCut() throws IOException {
        byte[] sent = gzipped(FileServer.content(1_000));

        assertRetry(server.coded("a", "gzip", Arrays.copyOf(sent, 500)), null, "file 1 (report.pdf): ");
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflated(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
