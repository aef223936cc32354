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
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
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

    @Test
    void linksOnlyToFilesThatAreThere() throws IOException {
        for (Path page :
                List.of(Path.of("README.md"), Path.of("routes/README.md"), Path.of("routes/examples/README.md"))) {
            assertThat(LINK.matcher(Files.readString(page)).results().map(m -> page.resolveSibling(m.group(1))))
                    .as(page.toString())
                    .allMatch(Files::exists);
        }
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
