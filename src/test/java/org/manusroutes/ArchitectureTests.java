package org.manusroutes;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package knows which; {@code failure}, what a route may throw, is known to all. */
class ArchitectureTests {
    private static final JavaClasses ours = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.manusroutes");

    /**
     * Each room with the others that it knows. Constants are compiled in, so that they leave no arrow. The base package
     * puts them together and knows all.
     */
    @ParameterizedTest
    @CsvSource({
        "event,          ''",
        "failure,        ''",
        "text,           ''",
        "net,            ''",
        "loop,           ''",
        "lease,          ''",
        "lib,            text",
        "doctor,         text",
        "webhook,        doctor event net text",
        "inbox,          event inbox.store loop",
        "inbox.store,    doctor event text loop",
        "inbox.work,     event inbox inbox.store failure loop text",
        "bundle,         ''",
        "bundle.camel,   bundle",
        "bundle.dryrun,  bundle bundle.camel event text",
        "bundle.check,   bundle bundle.camel bundle.dryrun event text",
        "bundle.live,    bundle bundle.camel bundle.check lease loop text",
        "attachments,    doctor failure net text",
        "notify,         notify.mail notify.slack",
        "notify.text,    attachments event notify.markdown text",
        "notify.markdown, text",
        "notify.slack,   doctor failure notify.markdown notify.text text",
        "notify.mail,    doctor failure notify.markdown notify.text text",
        "tasks,          event inbox.store text",
        "manus,          attachments failure text webhook",
        "manus.camel,    bundle.camel failure manus text",
        "answers,        event inbox loop manus notify.text text",
        "answers.slack,  answers event notify.slack text webhook",
        "answers.page,   answers notify.markdown text webhook",
        "reconcile,      event inbox inbox.store lease loop manus",
        "cli,            answers attachments bundle bundle.check bundle.dryrun bundle.live cli.doctor"
                + " doctor event inbox.store lib manus net notify.mail notify.slack text webhook",
        "cli.doctor,     bundle doctor lib manus webhook",
        "training,       cli",
    })
    void knowsOnlyWhatTheDesignLetsItKnow(String name, String known) {
        Set<String> found = ours.stream()
                .filter(type -> room(type).equals(name))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(type -> type.getPackageName().startsWith("org.manusroutes."))
                .map(ArchitectureTests::room)
                .filter(room -> !room.equals(name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).containsExactlyInAnyOrder(known.isEmpty() ? new String[0] : known.split(" "));
    }

    private static String room(JavaClass type) {
        return type.getPackageName().replaceFirst("^org\\.manusroutes\\.?", "");
    }

    @Test
    void hasNoCyclesAlsoBetweenSubPackages() {
        slices().matching("org.manusroutes.(**)").should().beFreeOfCycles().check(ours);
    }

    @Test
    void namesEveryRoomAboveAndNoOther() throws NoSuchMethodException {
        String[] rooms = Arrays.stream(ArchitectureTests.class
                        .getDeclaredMethod("knowsOnlyWhatTheDesignLetsItKnow", String.class, String.class)
                        .getAnnotation(CsvSource.class)
                        .value())
                .map(line -> line.split(",", 2)[0])
                .toArray(String[]::new);
        assertThat(ours.stream().map(ArchitectureTests::room).filter(room -> !room.isEmpty()))
                .containsOnly(rooms);
    }

    @Test
    void hasAllPackagesMarkedForNullSafety() {
        ours.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> !p.getName().equals("org.manusroutes"))
                .forEach(p -> assertThat(p.isAnnotatedWith(NullMarked.class))
                        .as(p.getName())
                        .isTrue());
    }

    @Test
    void hasNoFileAndNoLineThatIsTooLongToReadAtOnce() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines).as(file.toString()).hasSizeLessThanOrEqualTo(250);
                if (file.startsWith("src/main")) {
                    assertThat(lines).as(file.toString()).allMatch(line -> line.length() <= 120);
                }
            }
        }
    }
}
