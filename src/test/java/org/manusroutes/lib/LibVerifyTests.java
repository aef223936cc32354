package org.manusroutes.lib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manusroutes.lib.LibLock.Added;
import org.manusroutes.lib.LibLock.Jar;

class LibVerifyTests {
    private static final Carried NEXT =
            new Carried("0.2.0", Map.of("org.apache.camel:camel-api", "9.2.0", "org.zip:zip", "2.0"));

    @TempDir
    private Path lib;

    @BeforeEach
    void lock() throws IOException {
        Files.writeString(lib.resolve("camel-kafka-9.1.0.jar"), "kafka");
        Files.writeString(lib.resolve("zip-1.1.jar"), "zip");
        new LibLock(
                        "0.1.0",
                        List.of(new Added("kafka", "org.apache.camel:camel-kafka:9.1.0", "9.1.0")),
                        List.of(
                                jar("org.apache.camel:camel-kafka:9.1.0", "camel-kafka-9.1.0.jar"),
                                jar("org.zip:zip:1.1", "zip-1.1.jar")))
                .write(lib);
    }

    private Jar jar(String coordinate, String file) throws IOException {
        return new Jar(
                coordinate,
                file,
                Files.size(lib.resolve(file)),
                String.valueOf(LibFolder.sha256(lib.resolve(file))),
                List.of("org.apache.camel:camel-kafka"));
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(findings(SmallRepository.CARRIED)).isEmpty();
    }

    @Test
    void namesWhatIsMissingHasChangedOrIsUnknown() throws IOException {
        Files.delete(lib.resolve("camel-kafka-9.1.0.jar"));
        Files.writeString(lib.resolve("zip-1.1.jar"), "another");
        Files.writeString(lib.resolve("mine.jar"), "mine");
        Files.writeString(lib.resolve("spring-jcl-6.0.0.jar"), "old");
        assertThat(findings(SmallRepository.CARRIED))
                .containsExactly(
                        "camel-kafka-9.1.0.jar is missing: lib add kafka",
                        "zip-1.1.jar has changed: its SHA-256 is not that of the lock: lib add kafka",
                        "mine.jar is unknown: no lib command has added it",
                        "spring-jcl-6.0.0.jar is unknown: no lib command has added it",
                        "spring-jcl-6.0.0.jar is not used: the application has version 7.0.0, which goes first;"
                                + " delete the file");
    }

    @Test
    void saysAfterAnUpdateWhatToAddAnew() {
        assertThat(findings(NEXT))
                .containsExactly(
                        "zip-1.1.jar is not used: the application has version 2.0, which goes first; delete the file",
                        "kafka is for Camel 9.1.0, and the application has 9.2.0: lib add kafka");
    }

    @Test
    void refusesALockThatNobodyCanRead() throws IOException {
        for (String text : List.of("", "{", "{\"added\": 1}", "{\"added\":[],\"jars\":[{\"file\":\"../x.jar\"}]}")) {
            Files.writeString(lib.resolve("lock.json"), text);
            assertThatThrownBy(() -> findings(SmallRepository.CARRIED)).hasMessageContaining("is no lock");
        }
    }

    private List<String> findings(Carried carried) {
        return LibVerify.findings(lib, carried);
    }
}
