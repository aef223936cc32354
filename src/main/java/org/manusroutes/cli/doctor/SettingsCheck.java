package org.manusroutes.cli.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Finding;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/** Says which files the settings come from, and how many variables of the environment take precedence. */
public final class SettingsCheck implements Check {
    /** As Boot names the source of a file. */
    private static final Pattern FILE = Pattern.compile("file \\[([^\\]]+)]");

    private static final Pattern VARIABLE = Pattern.compile("(MANUS|SPRING|SERVER|CAMEL)_.+");

    private final ConfigurableEnvironment environment;

    public SettingsCheck(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public String waitsFor() {
        return "application.yaml";
    }

    @Override
    public List<Finding> run() {
        List<String> files = environment.getPropertySources().stream()
                .map(PropertySource::getName)
                .map(FILE::matcher)
                .filter(Matcher::find)
                .map(found ->
                        Path.of(found.group(1)).toAbsolutePath().normalize().toString())
                .distinct()
                .toList();
        long variables = names().stream()
                .filter(name -> VARIABLE.matcher(name.toUpperCase(Locale.ROOT)).matches())
                .count();
        String environmentToo = variables + " variable" + (variables == 1 ? "" : "s") + " of the environment";
        return List.of(
                files.isEmpty()
                        ? Finding.warn(
                                name(),
                                "no application.yaml was found, only the defaults and " + environmentToo,
                                "run it in the folder of the server; as a service, with --env-file"
                                        + " (docs/production.md)")
                        : Finding.ok(name(), String.join(", ", files) + ", and " + environmentToo));
    }

    private Set<String> names() {
        return environment.getSystemEnvironment().keySet();
    }
}
