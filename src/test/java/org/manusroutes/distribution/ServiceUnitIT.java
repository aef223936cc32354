package org.manusroutes.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manusroutes.support.Bounded;
import org.manusroutes.support.Distribution;
import org.manusroutes.support.DistributionZip;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.io.FileSystemResource;

/** The systemd unit of the distribution, and the script that reads the same environment file. */
class ServiceUnitIT {
    private static final String UNIT = "manus-webhook-routes.service";
    private static final String HOME = "/opt/manus-webhook-routes/";

    @TempDir
    private Path folder;

    private Distribution distribution;

    @BeforeEach
    void unzip() throws IOException {
        distribution =
                Distribution.unzip(Files.createDirectory(folder.resolve("unzipped")), "sh", "bin/manus-webhook-routes");
    }

    @Test
    void isAFileThatNobodyRuns() throws IOException {
        try (FileSystem zip =
                FileSystems.newFileSystem(DistributionZip.file(), Map.of("enablePosixFileAttributes", true))) {
            Path unit = zip.getPath("/").resolve(distribution.folder().getFileName() + "/bin/" + UNIT);
            assertThat(Files.getPosixFilePermissions(unit))
                    .doesNotContain(PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OTHERS_EXECUTE)
                    .contains(PosixFilePermission.OTHERS_READ);
        }
    }

    @Test
    void namesFilesAndSettingsThatAreThere() throws IOException {
        Properties unit = unit();
        Path home = distribution.folder();
        assertThat(unit.getProperty("WorkingDirectory") + "/").isEqualTo(HOME);
        for (String key : List.of("ExecStart", "Documentation")) {
            String file = unit.getProperty(key).replaceFirst("^file:", "");
            assertThat(file).startsWith(HOME);
            assertThat(home.resolve(file.substring(HOME.length()))).exists();
        }
        Properties settings = settings(home.resolve("application.yaml"));
        assertThat(settings.getProperty("spring.datasource.url")).contains("jdbc:h2:file:./data/");
        assertThat(unit.getProperty("ReadWritePaths")).isEqualTo("-" + HOME + "data");
        assertThat(settings.getProperty("manus.attachments.spool-directory"))
                .isEqualTo("${MANUS_ATTACHMENTS_SPOOL_DIRECTORY:}");
        assertThat(Files.readString(home.resolve("bin/" + UNIT)))
                .contains("MANUS_ATTACHMENTS_SPOOL_DIRECTORY=/var/lib/" + unit.getProperty("StateDirectory") + "/");
        assertThat(home.resolve("bin/manus-webhook-routes")).content().contains("-XX:+ExitOnOutOfMemoryError");
    }

    /** The web server and the routes each have the time of a phase; the README promises 30 seconds in all. */
    @Test
    void waitsLongerForAStopThanTheApplicationTakes() throws IOException {
        String phase = settings(Path.of("src/main/resources/application.yaml"))
                .getProperty("spring.lifecycle.timeout-per-shutdown-phase");
        Duration patience = Duration.ofSeconds(Long.parseLong(unit().getProperty("TimeoutStopSec")));
        assertThat(patience).isGreaterThan(DurationStyle.detectAndParse(phase).plusSeconds(10));
    }

    /** In a root of its own, with the targets that it names and the folders of the page. */
    @Test
    void isAcceptedAndEnabledBySystemd() throws Exception {
        assumeTrue(isInstalled("systemd-analyze") && isInstalled("systemctl"), "there is no systemd on this machine");
        Path root = folder.resolve("root");
        Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.copy(distribution.folder().resolve("bin/" + UNIT), units.resolve(UNIT));
        for (String target : List.of("basic", "sysinit", "shutdown", "network-online", "multi-user")) {
            Files.writeString(units.resolve(target + ".target"), "[Unit]\nDescription=A target\n");
        }
        Path program = root.resolve(HOME.substring(1) + "bin/manus-webhook-routes");
        Files.createDirectories(program.getParent());
        Files.copy(distribution.folder().resolve("bin/manus-webhook-routes"), program);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(run("systemd-analyze", "--root=" + root, "verify", UNIT)).isEqualTo("0 ");
        assertThat(run("systemctl", "--root=" + root, "enable", UNIT)).startsWith("0 ");
        assertThat(units.resolve("multi-user.target.wants/" + UNIT)).isSymbolicLink();
    }

    @Test
    void givesACommandTheEnvironmentOfTheService() throws Exception {
        String url = "jdbc:postgresql://db1,db2/manus?targetServerType=primary&sslmode=verify-full";
        Path environment = Files.writeString(folder.resolve("environment"), """
                # a comment
                ; another
                MANUS_URL=%s
                  MANUS_CHANNEL=#ai-tasks
                MANUS_TO="a@example.com, b@example.com"
                MANUS_QUOTES='say "$HOME" `id`'
                MANUS_EMPTY=
                MANUS_LAST=without a line end""".formatted(url));
        assertThat(saidByAStandInForJava("--env-file", environment.toString(), "event", "list"))
                .startsWith("0 ")
                .contains(
                        "MANUS_URL=" + url + "\n",
                        "MANUS_CHANNEL=#ai-tasks\n",
                        "MANUS_TO=a@example.com, b@example.com\n",
                        "MANUS_QUOTES=say \"$HOME\" `id`\n",
                        "MANUS_EMPTY=\n",
                        "MANUS_LAST=without a line end\n",
                        "-jar manus-webhook-routes.jar event list\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=b\\c         | a backslash, which this script does not read: leave it out",
                "A=\"b          | a quote that does not end on its line",
                "A=\"b\" \"c\"  | more than one pair of quotes",
                "A= b           | a blank after the =",
                "export A=b     | not NAME=value",
                "A              | not NAME=value"
            })
    void refusesALineThatSystemdMightReadDifferently(String line, String why) throws Exception {
        Path environment = Files.writeString(folder.resolve("environment"), "FIRST=1\n" + line + "\n");
        assertThat(saidByAStandInForJava("--env-file", environment.toString(), "event", "list"))
                .isEqualTo("1 manus-webhook-routes: " + environment + ":2: " + why + "\n");
    }

    private String saidByAStandInForJava(String... arguments) throws Exception {
        Path bin = Files.createDirectories(folder.resolve("java/bin"));
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\nenv\necho \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return distribution.command(Map.of("java.home", bin.getParent()), arguments);
    }

    private Properties unit() throws IOException {
        Properties unit = new Properties();
        try (var lines = Files.newBufferedReader(distribution.folder().resolve("bin/" + UNIT))) {
            unit.load(lines);
        }
        return unit;
    }

    private static Properties settings(Path yaml) {
        YamlPropertiesFactoryBean reader = new YamlPropertiesFactoryBean();
        reader.setResources(new FileSystemResource(yaml));
        return Objects.requireNonNull(reader.getObject());
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** The exit code, and all that it said. */
    private String run(String... command) throws Exception {
        Path said = Files.createTempFile(folder, "said", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        return Bounded.end(process) + " " + Files.readString(said);
    }
}
