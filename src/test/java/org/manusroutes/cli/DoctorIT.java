package org.manusroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manusroutes.standins.S3StandIn;
import org.manusroutes.support.Databases;

class DoctorIT {
    private static S3StandIn s3;

    @TempDir
    private Path folder;

    private HealthyInstallation installation;

    @BeforeAll
    static void startS3() {
        s3 = S3StandIn.start();
    }

    @AfterAll
    static void stopS3() {
        s3.close();
    }

    @BeforeEach
    void install() throws IOException {
        installation = new HealthyInstallation(folder, s3);
    }

    @AfterEach
    void remove() {
        installation.close();
    }

    @Test
    void findsNothingWhereAllIsWellAndLeavesNothingBehind() throws IOException {
        CommandRun run = installation.doctor();
        assertThat(run.out()).doesNotContain("FAIL", "warn ", "off ").endsWith("healthy");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(line -> line.replaceFirst(" {2,}.*", "")))
                .contains("ok");
        assertThat(s3.keys()).isEmpty();
        assertThat(installation.mail.mails()).isEmpty();
        assertThat(installation.slack.posts()).isEmpty();
        assertThat(Files.list(folder.resolve("spool"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void namesWhatIsWrongAndHowToMendIt(PlantedFault fault) throws IOException {
        fault.plant.accept(installation);

        CommandRun run = installation.doctor("--format", "json");

        assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
        assertThat(run.err()).isEmpty();
        JsonNode report = new JsonMapper().readTree(run.out());
        assertThat(report.path("healthy").asBoolean(true)).isFalse();
        assertThat(StreamSupport.stream(report.path("findings").spliterator(), false)
                        .filter(finding -> finding.path("level").asText().equals("FAIL")))
                .as(run.out())
                .anySatisfy(finding -> {
                    assertThat(finding.path("name").asText()).isEqualTo(fault.line);
                    assertThat(finding.path("found").asText()).contains(fault.found);
                    assertThat(finding.path("mend").asText()).contains(fault.mend);
                });
        assertThatNoSecretIsIn(run.out());
        assertThat(run.out()).doesNotContain("\tat ", "Exception:");
    }

    private void assertThatNoSecretIsIn(String output) {
        for (String setting : new String[] {
            "manus.api.key", "manus.slack.token", "manus.mail.password", "manus.attachments.secret-key"
        }) {
            assertThat(output).doesNotContain((String) Objects.requireNonNull(installation.settings.get(setting)));
        }
        assertThat(output).doesNotContain("planted-", "stand-in-password", "only-for-this-stand-in");
    }

    @Test
    void saysOffOfWhatIsNotInUse() {
        installation.settings.putAll(Map.of(
                "manus.api.key", "",
                "manus.webhook.public-key", installation.manus.publicKeyPem(),
                "manus.attachments.bucket", "",
                "manus.slack.token", "",
                "manus.mail.host", "",
                "manus.home", folder.resolve("nowhere").toString()));

        CommandRun run = installation.doctor();

        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out())
                .containsPattern("off +Manus API +not used \\(manus.api.key is not set\\)")
                .containsPattern("off +S3 ")
                .containsPattern("off +Slack ")
                .containsPattern("off +mail +no mails \\(manus.mail.host is not set\\)")
                .containsPattern("off +lib/ ");
    }

    @ParameterizedTest
    @EnumSource
    void knowsWhichTablesThereAre(Databases database) {
        installation.settings.put("spring.datasource.password", "");
        installation.settings.putAll(database.fresh());
        assertThat(installation.doctor().out()).containsPattern("warn +database +.* has no tables yet");
    }

    @Test
    void saysInOneLineThatTheSettingsCannotBeUsed() {
        installation.settings.put("manus.api.version", "v3");

        CommandRun run = installation.doctor();

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("FAIL  settings  the settings cannot be used: ");
    }
}
