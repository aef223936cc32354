package org.manusroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;

/** Holds the pages people read against the files they speak of. */
class DocumentationTests {
    private static final Pattern SETTING =
            Pattern.compile("^\\| `([a-z][a-z0-9.-]+)` \\| .* \\| .* \\|$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @Test
    void listsEverySettingOnceAndSorted() throws IOException {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource("application.yaml"));
        Stream<String> keys =
                Objects.requireNonNull(yaml.getObject()).keySet().stream().map(String::valueOf);
        String readme = Files.readString(Path.of("README.md"));
        String settings = readme.substring(readme.indexOf("## Settings"), readme.indexOf("## How it works"));
        List<String> listed =
                SETTING.matcher(settings).results().map(m -> m.group(1)).toList();
        assertThat(listed).containsExactlyElementsOf(keys.sorted().toList());
    }

    /** As {@code application.yaml} has them, with nothing in the environment. */
    @Test
    void givesTheDefaultsOfEverySetting() throws IOException {
        StandardEnvironment shipped = shipped();
        String readme = Files.readString(Path.of("README.md"));
        Matcher row = Pattern.compile("^\\| `([a-z][a-z0-9.-]+)` \\| (.*?) \\| .* \\|$", Pattern.MULTILINE)
                .matcher(readme.substring(readme.indexOf("## Settings"), readme.indexOf("## How it works")));
        while (row.find()) {
            String value = String.valueOf(shipped.getProperty(row.group(1), ""));
            String listed = row.group(2);
            if (listed.endsWith("...`")) {
                assertThat(value).as(row.group(1)).startsWith(listed.substring(1, listed.length() - 4));
            } else if (!row.group(1).equals("manus.attachments.allowed-hosts")) { // too long for the table
                assertThat(listed).as(row.group(1)).isEqualTo(value.isEmpty() ? "empty" : "`" + value + "`");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook.WebhookProperties",
                "inbox.InboxProperties",
                "attachments.AttachmentProperties",
                "notify.slack.SlackProperties",
                "notify.mail.MailProperties",
                "manus.ManusApiProperties",
                "answers.AnswersProperties",
                "reconcile.ReconcileProperties"
            })
    void hasTheSameDefaultsInTheSettingsFileAsInTheCode(String name) throws Exception {
        Class<?> type = Class.forName("org.manusroutes." + name);
        String prefix = type.getAnnotation(ConfigurationProperties.class).value();
        Object inTheCode = new Binder().bindOrCreate(prefix, Bindable.of(type));
        Object inTheFile = Binder.get(shipped()).bind(prefix, Bindable.of(type)).get();
        assertThat(inTheFile).usingRecursiveComparison().isEqualTo(inTheCode);
    }

    private static StandardEnvironment shipped() throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        new YamlPropertySourceLoader()
                .load("application.yaml", new FileSystemResource("application.yaml"))
                .forEach(environment.getPropertySources()::addLast);
        return environment;
    }

    @Test
    void linksOnlyToFilesThatAreThere() throws IOException {
        for (Path page : List.of(
                Path.of("README.md"),
                Path.of("CONTRIBUTING.md"),
                Path.of("SECURITY.md"),
                Path.of("UPGRADING.md"),
                Path.of("docs/connect.md"),
                Path.of("docs/production.md"),
                Path.of("docs/tunnels.md"),
                Path.of("deploy/README.md"),
                Path.of("routes/README.md"),
                Path.of("routes/recipes/README.md"))) {
            assertThat(LINK.matcher(Files.readString(page)).results().map(m -> page.resolveSibling(m.group(1))))
                    .as(page.toString())
                    .allMatch(Files::exists);
        }
    }

    /** The page of the code's map names classes by their paths within the base package. */
    @Test
    void mapsOnlyClassesThatAreThere() throws IOException {
        String map = Files.readString(Path.of("docs/architecture.md"));
        assertThat(Pattern.compile("`([a-z]+(?:/[a-z]+)*/[A-Z][a-z]\\w+)[`.]")
                        .matcher(map)
                        .results()
                        .map(m -> m.group(1)))
                .isNotEmpty()
                .allMatch(type -> Files.exists(Path.of("src/main/java/org/manusroutes", type + ".java")));
    }

    @Test
    void explainsEveryRouteAndBeanOfTheBundle() throws IOException {
        String page = Files.readString(Path.of("routes/README.md"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".camel.yaml")).toList()) {
                assertThat(page).contains("`" + file.getFileName().toString().replace(".camel.yaml", "") + "`");
                Pattern.compile("(?:ref: |\"#)([a-zA-Z0-9]+)")
                        .matcher(Files.readString(file))
                        .results()
                        .map(m -> m.group(1))
                        .filter(bean -> !List.of("s3Client", "smtpSender").contains(bean))
                        .forEach(bean -> assertThat(page).as(file.toString()).contains("`#" + bean + "`"));
            }
        }
    }

    @Test
    void completesRoutesInAnEditorByTheSchemaOfTheCamelInUse() throws IOException {
        Matcher version =
                Pattern.compile("<camel.version>(.+)</camel.version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Path.of(".vscode/settings.json")).content().contains("/camel-" + version.group(1) + "/");
    }
}
