package org.manusroutes;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

    @ParameterizedTest
    @CsvSource({
        "failure,     ''",
        "webhook,     ''",
        "inbox,       webhook",
        "attachments, ''",
        "notify,      webhook",
        "tasks,       webhook",
        "bundle,      ''",
        "manus,       webhook inbox",
        "cli,         bundle manus inbox",
    })
    void knowsOnlyWhatTheDesignLetsItKnow(String name, String known) {
        String[] allowed = Stream.concat(Stream.of(name, "failure"), Arrays.stream(known.split(" ")))
                .filter(p -> !p.isEmpty())
                .map(p -> "org.manusroutes." + p)
                .toArray(String[]::new);
        DescribedPredicate<JavaClass> others = resideInAPackage("org.manusroutes..")
                .and(DescribedPredicate.not(resideInAnyPackage(allowed)))
                .as("packages of ours but " + Arrays.toString(allowed));
        noClasses()
                .that()
                .resideInAPackage("org.manusroutes." + name)
                .should()
                .dependOnClassesThat(others)
                .allowEmptyShould(true)
                .check(ours);
    }

    @Test
    void hasNoCycles() {
        slices().matching("org.manusroutes.(*)..").should().beFreeOfCycles().check(ours);
    }

    @Test
    void hasNoPackageThatTheDesignDoesNotName() {
        classes()
                .should()
                .resideInAnyPackage(
                        "org.manusroutes",
                        "org.manusroutes.failure",
                        "org.manusroutes.webhook",
                        "org.manusroutes.inbox",
                        "org.manusroutes.attachments",
                        "org.manusroutes.notify",
                        "org.manusroutes.tasks",
                        "org.manusroutes.bundle",
                        "org.manusroutes.manus",
                        "org.manusroutes.cli")
                .check(ours);
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
    void hasNoFileThatIsTooLongToReadAtOnce() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    assertThat(lines.count()).as(file.toString()).isLessThanOrEqualTo(250);
                }
            }
        }
    }
}
