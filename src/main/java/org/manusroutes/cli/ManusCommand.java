package org.manusroutes.cli;

import java.util.Objects;
import org.apache.camel.CamelContext;
import org.springframework.boot.SpringBootVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The top of the commands. */
@Command(
        name = "manus-webhook-routes",
        description =
                "Receives the task events of Manus. Without a command it serves, and takes any setting as an option:"
                        + " --server.port=9000, for example.",
        mixinStandardHelpOptions = true,
        versionProvider = ManusCommand.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND")
final class ManusCommand {
    /** The version that the jar's manifest names. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ManusCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "manus-webhook-routes " + Objects.requireNonNullElse(version, "(not from a jar)"),
                "Apache Camel " + CamelContext.class.getPackage().getImplementationVersion(),
                "Spring Boot " + SpringBootVersion.getVersion(),
                "Java " + Runtime.version()
            };
        }
    }
}
