package org.manusroutes.attachments;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.RetryLater;
import org.manusroutes.standins.FileServer;

class DownloaderTests extends DownloadTest {
    DownloaderTests(@TempDir Path spool) {
        super(spool);
    }

    @Test
    void keepsTheBytesWithTheirSizeAndHash() throws Exception {
        Download download = downloads.fetch(server.file("a", 200_000), 200_000L);

        byte[] content = FileServer.content(200_000);
        assertThat(download.path()).hasBinaryContent(content);
        assertThat(download.bytes()).isEqualTo(200_000);
        assertThat(download.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(download.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void takesAnEmptyFile() throws Exception {
        assertThat(downloads.fetch(server.file("a", 0), 0L).bytes()).isZero();
    }

    @Test
    void tellsTheHostNothingButWhatItWants() throws Exception {
        downloads.fetch(server.file("a", 1), null);

        assertThat(server.requests("a"))
                .singleElement()
                .satisfies(headers ->
                        assertThat(headers.keySet()).containsExactlyInAnyOrder("Host", "Connection", "User-agent"));
    }

    @Test
    void refusesAFileThatTheEventSaysIsTooLargeWithoutAsking() {
        String url = server.file("a", 1);

        assertPermanent(url, 1024 * 1024 + 1L, "manus.attachments.max-size");
        assertThat(server.requests("a")).isEmpty();
    }

    @Test
    void refusesAFileThatItsHostSaysIsTooLarge() {
        assertPermanent(server.file("a", 1024 * 1024 + 1), null, "file 1 (report.pdf): at least 1048577 bytes");
    }

    @Test
    void stopsAtTheLimitWhenNobodySaidHowLargeTheFileIs() {
        assertPermanent(server.endless("a"), null, "manus.attachments.max-size allows 1048576");
    }

    @Test
    void takesAFileOfExactlyTheLimit() throws Exception {
        assertThat(downloads.fetch(server.file("a", 1024 * 1024), null).bytes()).isEqualTo(1024 * 1024);
    }

    @Test
    void triesAgainWhenTheSizeIsNotTheEvents() {
        assertRetry(server.file("a", 99), 100L, "the event says 100 bytes, the answer has 99");
    }

    @Test
    void triesAgainWhenTheConnectionIsCut() {
        assertRetry(server.cut("a", 100_000), null, "file 1 (report.pdf): ");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 500, 502, 503, 204})
    void triesAgainWhenTheHostFails(int status) {
        assertRetry(server.status("a", status), null, "host 127.0.0.1 answers " + status);
    }

    @Test
    void waitsAsLongAsTheHostSays() {
        assertThatThrownBy(() -> downloads.fetch(server.retryAfter("a", 429, "17"), null))
                .isInstanceOfSatisfying(
                        RetryLater.class, later -> assertThat(later.delay()).isEqualTo(Duration.ofSeconds(17)));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 410})
    void takesARefusalForAnExpiredUrl(int status) {
        assertThatThrownBy(() -> downloads.fetch(server.status("a", status), null))
                .isInstanceOf(UrlExpired.class)
                .hasMessageContaining("answers " + status)
                .message()
                .doesNotContain("secret");
        assertThat(downloads.spooled()).isEmpty();
    }

    @Test
    void takesAMissingUrlForAnExpiredOne() {
        assertThatThrownBy(() -> downloads.fetch(null, null)).isInstanceOf(UrlExpired.class);
    }

    @Test
    void followsThreeRedirects() throws Exception {
        server.redirect("1", "/2");
        server.redirect("2", server.url("3"));
        server.redirect("3", "4");
        server.file("4", 7);

        assertThat(downloads.fetch(server.url("1"), null).bytes()).isEqualTo(7);
    }

    @Test
    void refusesAFourthRedirect() {
        server.redirect("1", "/2");
        server.redirect("2", "/3");
        server.redirect("3", "/4");
        server.redirect("4", "/5");

        assertPermanent(server.url("1"), null, "More than 3 redirects");
        assertThat(server.requests("5")).isEmpty();
    }

    @Test
    void asksForAUrlThatBrowsersTake() throws Exception {
        server.file("a b[1]|\"2\".pdf", 7);
        server.redirect("old", new String("/Übersicht.pdf".getBytes(UTF_8), ISO_8859_1));
        server.file("Übersicht.pdf", 8);

        assertThat(downloads.fetch(server.url("a b[1]|\"2\".pdf"), null).bytes())
                .isEqualTo(7);
        assertThat(downloads.fetch(server.url("old"), null).bytes()).isEqualTo(8);
    }

    @Test
    void givesUpOnSilence() {
        downloads = downloads(Map.of("read-timeout", "200ms"));

        assertRetry(server.trickle("a", 2, Duration.ofSeconds(30)), null, "did not answer in time");
    }

    @Test
    void givesUpOnAHostThatNeverFinishes() {
        downloads = downloads(Map.of("read-timeout", "2s", "total-timeout", "500ms"));

        assertRetry(server.trickle("a", 10_000, Duration.ofMillis(20)), null, "manus.attachments.total-timeout");
    }

    private void assertPermanent(String url, @Nullable Long bytes, String reason) {
        assertThatThrownBy(() -> downloads.fetch(url, bytes))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(reason);
        assertThat(downloads.spooled()).isEmpty();
    }
}
