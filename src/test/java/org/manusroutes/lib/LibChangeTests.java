package org.manusroutes.lib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manusroutes.lib.LibChange.Changed;

class LibChangeTests {
    @TempDir
    private Path folder;

    private Path lib;
    private Path settings;
    private SmallRepository repository;
    private LibChange change;

    @BeforeEach
    void fill() throws Exception {
        lib = folder.resolve("lib");
        repository = new SmallRepository(folder.resolve("repository"));
        repository.add(
                "org.apache.camel:camel-kafka:9.1.0",
                "org.apache.camel:camel-api:9.1.0",
                "commons-logging:commons-logging:1.2",
                "org.kafka:clients:4.0",
                "org.kafka:never:1.0:optional");
        repository.add("org.kafka:clients:3.0", "org.zip:zip:1.1");
        repository.add("org.zip:zip:1.0");
        repository.add("org.zip:zip:1.1");
        repository.add("com.acme:driver:2.0", "org.zip:zip:1.0");
        settings = repository.settings(folder);
        change = new LibChange(lib, SmallRepository.CARRIED);
    }

    @Test
    void copiesWhatTheApplicationHasNotInTheVersionsThatGoWithIt() {
        Changed added = change.add("kafka", settings);

        assertThat(added.coordinate()).isEqualTo("org.apache.camel:camel-kafka:9.1.0");
        assertThat(added.files()).containsExactly("camel-kafka-9.1.0.jar", "clients-3.0.jar", "zip-1.1.jar");
        assertThat(files()).containsExactly("camel-kafka-9.1.0.jar", "clients-3.0.jar", "lock.json", "zip-1.1.jar");
        assertThat(LibVerify.findings(lib, SmallRepository.CARRIED)).isEmpty();
    }

    @Test
    void keepsWhatAnotherNeedsTooAndTheVersionOfTheFirst() {
        change.add("kafka", settings);
        assertThat(change.add("com.acme:driver:2.0", settings).files())
                .containsExactly("driver-2.0.jar", "zip-1.1.jar");
        assertThat(change.remove("kafka").files()).containsExactly("camel-kafka-9.1.0.jar", "clients-3.0.jar");
        assertThat(files()).containsExactly("driver-2.0.jar", "lock.json", "zip-1.1.jar");
        change.remove("driver");
        assertThat(lib).doesNotExist();
    }

    @Test
    void addsAgainWithoutAChange() {
        change.add("kafka", settings);
        LibLock before = LibLock.read(lib).orElseThrow();
        change.add("camel-kafka", settings);
        assertThat(LibLock.read(lib).orElseThrow().jars()).isEqualTo(before.jars());
    }

    @Test
    void addsNothingThatTheApplicationHas() {
        assertThat(change.add("camel-sql", settings))
                .isEqualTo(new Changed("org.apache.camel:camel-sql:9.1.0", List.of(), 0));
        assertThat(change.add("commons-logging:commons-logging", settings).files())
                .isEmpty();
        assertThat(lib).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kafak                             | Camel 9.1.0 has no camel-kafak (did you mean 'kafka'?)
            rabbitmq                          | Camel 9.1.0 has no camel-rabbitmq (did you mean 'spring-rabbitmq'?)
            org.apache.camel:camel-kafka:9.0.4 | is for another Camel: the application has 9.1.0
            org.springframework:spring-jcl:5.0 | the application has org.springframework:spring-jcl 7.0.0
            com.acme:nothing:1.0              | there is no com.acme:nothing:1.0 in ours (file:
            com.acme:driver                   | write com.acme:driver:VERSION
            com.acme:driver:LATEST            | names no fixed version
            ../kafka                          | names no jar
            ''                                | names no jar
            """)
    void refusesWhatCannotBeMeantAndChangesNothing(String asked, String sentence) {
        assertThatThrownBy(() -> change.add(asked, settings)).hasMessageContaining(sentence);
        assertThat(lib).doesNotExist();
    }

    @Test
    void refusesAWrongChecksumAndKeepsWhatWasThere() throws IOException {
        change.add("com.acme:driver:2.0", settings);
        List<String> before = files();
        Files.writeString(repository.file("org.kafka:clients:3.0", "jar"), "changed on its way");

        assertThatThrownBy(() -> change.add("kafka", settings))
                .hasMessageContaining("the checksum of org.kafka:clients:3.0 in ours")
                .hasMessageContaining("is wrong");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void namesTheRepositoryThatDoesNotAnswer() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        String url = "http://127.0.0.1:" + nobody + "/maven";
        Path unreachable = SmallRepository.settings(Files.createDirectory(folder.resolve("offline")), url);

        assertThatThrownBy(() -> change.add("kafka", unreachable))
                .hasMessageContaining("cannot reach the repository ours (" + url + ")");
        assertThat(lib).doesNotExist();
    }

    @Test
    void replacesNoJarThatSomebodyPutThere() throws IOException {
        Files.createDirectory(lib);
        Files.writeString(lib.resolve("zip-1.1.jar"), "mine");
        assertThatThrownBy(() -> change.add("kafka", settings)).hasMessageContaining("is there already");
        assertThat(files()).containsExactly("zip-1.1.jar");
    }

    @Test
    void refusesToRemoveWhatWasNotAdded() {
        assertThatThrownBy(() -> change.remove("kafka")).hasMessage("'kafka' was not added: nothing was");
        change.add("kafka", settings);
        assertThatThrownBy(() -> change.remove("jms")).hasMessage("'jms' was not added: those that were are kafka");
        assertThatThrownBy(() -> change.remove("zip-1.1.jar")).hasMessageContaining("was not added by itself");
    }

    @Test
    void cleansUpBehindACommandThatWasKilled() throws IOException {
        change.add("com.acme:driver:2.0", settings);
        Files.createDirectory(lib.resolve(".adding"));
        Files.writeString(lib.resolve(".adding/half.jar"), "half");
        Files.createFile(lib.resolve(".busy"));
        assertThat(LibVerify.findings(lib, SmallRepository.CARRIED))
                .singleElement()
                .asString()
                .contains("was stopped half-way");

        change.add("kafka", settings);

        assertThat(files())
                .containsExactly(
                        "camel-kafka-9.1.0.jar", "clients-3.0.jar", "driver-2.0.jar", "lock.json", "zip-1.0.jar");
        assertThat(LibVerify.findings(lib, SmallRepository.CARRIED)).isEmpty();
    }

    @Test
    void completesADecisionThatWasInterrupted() throws IOException {
        change.add("kafka", settings);
        Path decided = Files.createDirectory(lib.resolve(".added"));
        for (String file : List.of("lock.json", "zip-1.1.jar")) {
            Files.move(lib.resolve(file), decided.resolve(file));
        }

        change.add("com.acme:driver:2.0", settings);

        assertThat(LibVerify.findings(lib, SmallRepository.CARRIED)).isEmpty();
        assertThat(files()).contains("camel-kafka-9.1.0.jar", "driver-2.0.jar").doesNotContain(".added");
    }

    private List<String> files() {
        try (Stream<Path> all = Files.list(lib)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
