package org.manusroutes.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manusroutes.doctor.Finding;
import org.springframework.core.env.Environment;

/**
 * The findings of the command doctor, without the values of any secret that is set.
 *
 * @param healthy whether none of them is a failure
 */
record DoctorReport(boolean healthy, List<Line> findings) {
    private static final List<String> SECRETS = List.of(
            "manus.api.key",
            "manus.slack.token",
            "manus.slack.webhook-url",
            "manus.mail.password",
            "manus.attachments.access-key",
            "manus.attachments.secret-key",
            "spring.datasource.password");

    /** A shorter one stands in many words by chance. */
    private static final int SHORTEST_SECRET = 6;

    /**
     * One finding.
     *
     * @param level {@code ok}, {@code off}, {@code warn} or {@code FAIL}
     */
    record Line(
            String level,
            String name,
            String found,
            @Nullable String mend) {}

    static DoctorReport of(List<Finding> findings, CommandSettings settings) {
        List<String> secrets = secrets(settings);
        return new DoctorReport(
                findings.stream().noneMatch(Finding::isFailure),
                findings.stream()
                        .map(finding -> new Line(
                                finding.level().word(),
                                finding.name(),
                                without(secrets, finding.found()),
                                finding.mend() == null ? null : without(secrets, finding.mend())))
                        .toList());
    }

    /** None when the settings cannot be read: then nothing was done with one. */
    private static List<String> secrets(CommandSettings settings) {
        try {
            Environment environment = settings.environment();
            return SECRETS.stream()
                    .map(name -> environment.getProperty(name, ""))
                    .filter(value -> value.length() >= SHORTEST_SECRET)
                    .toList();
        } catch (IllegalStateException unusable) {
            return List.of();
        }
    }

    private static String without(List<String> secrets, String text) {
        String safe = text;
        for (String secret : secrets) {
            safe = safe.replace(secret, "***");
        }
        return safe;
    }

    String text() {
        int width =
                findings.stream().mapToInt(line -> line.name().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Line line : findings) {
            lines.add(
                    String.format(Locale.ROOT, "%-4s  %-" + width + "s  %s", line.level(), line.name(), line.found()));
            if (line.mend() != null) {
                lines.add(" ".repeat(width + 8) + "-> " + line.mend());
            }
        }
        lines.add("");
        lines.add(
                healthy
                        ? "healthy" + count("warn", "warning")
                        : count("FAIL", "failure").substring(2) + count("warn", "warning"));
        return lines.stream().collect(Collectors.joining(System.lineSeparator()));
    }

    /** {@code , 2 warnings}; empty for none. */
    private String count(String level, String noun) {
        long number =
                findings.stream().filter(line -> line.level().equals(level)).count();
        return number == 0 ? "" : ", " + Output.count(number, noun);
    }
}
