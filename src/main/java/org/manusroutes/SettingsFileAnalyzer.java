package org.manusroutes;

import org.manusroutes.text.YamlFault;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** A start with a settings file that cannot be read says where the fault is, not where it was noticed. */
final class SettingsFileAnalyzer extends AbstractFailureAnalyzer<MarkedYAMLException> {
    @Override
    protected FailureAnalysis analyze(Throwable root, MarkedYAMLException cause) {
        return new FailureAnalysis(
                "The settings cannot be read: " + YamlFault.sentence(cause),
                "Correct the line and start again.",
                cause);
    }
}
