package org.manusroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
class PrivateDatabaseTests {
    @TempDir
    private Path folder;

    private Path data;

    private void protect() {
        data = folder.resolve("data");
        PrivateDatabase.protect("jdbc:h2:file:" + data.resolve("manus") + ";MODE=PostgreSQL");
    }

    @Test
    void makesTheFolderForItsUserAlone() throws IOException {
        protect();
        assertThat(permissions(data)).isEqualTo("rwx------");
    }

    @Test
    void closesAFolderAndFilesThatWereOpen() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("manus.mv.db"), "rows");
        open(data, "rwxr-xr-x");
        open(data.resolve("manus.mv.db"), "rw-r--r--");
        protect();
        assertThat(permissions(data)).isEqualTo("rwx------");
        assertThat(permissions(data.resolve("manus.mv.db"))).isEqualTo("rw-------");
    }

    @Test
    void leavesWhatItSharesAFolderWithAlone() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("manus.mv.db"), "rows");
        Files.writeString(data.resolve("another"), "file");
        open(data, "rwxr-xr-x");
        open(data.resolve("another"), "rw-r--r--");
        protect();
        assertThat(permissions(data)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(data.resolve("another"))).isEqualTo("rw-r--r--");
        assertThat(permissions(data.resolve("manus.mv.db"))).isEqualTo("rw-------");
    }

    @Test
    void touchesNothingForAnotherDatabase() {
        PrivateDatabase.protect("jdbc:postgresql://db/" + folder.resolve("data/manus"));
        assertThat(folder.resolve("data")).doesNotExist();
    }

    private static void open(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
