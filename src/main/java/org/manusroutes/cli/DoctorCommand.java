package org.manusroutes.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.manusroutes.attachments.BucketCheck;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.Problem;
import org.manusroutes.bundle.check.BundleCheck;
import org.manusroutes.cli.doctor.ClockCheck;
import org.manusroutes.cli.doctor.DiskCheck;
import org.manusroutes.cli.doctor.Folder;
import org.manusroutes.cli.doctor.FoldersCheck;
import org.manusroutes.cli.doctor.LibCheck;
import org.manusroutes.cli.doctor.ManusApiCheck;
import org.manusroutes.cli.doctor.PublicUrlCheck;
import org.manusroutes.cli.doctor.RoutesFolderCheck;
import org.manusroutes.cli.doctor.SettingsCheck;
import org.manusroutes.doctor.Check;
import org.manusroutes.doctor.Doctor;
import org.manusroutes.doctor.Finding;
import org.manusroutes.inbox.store.DatabaseCheck;
import org.manusroutes.inbox.store.EmbeddedDatabase;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.manus.ManusApiClient;
import org.manusroutes.manus.ManusApiProperties;
import org.manusroutes.notify.mail.MailCheck;
import org.manusroutes.notify.slack.SlackCheck;
import org.manusroutes.webhook.SignatureKeyCheck;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What works of an installation, what does not, and how to mend it. */
@Command(
        name = "doctor",
        description =
                "Say line by line what works, what does not, and how to mend it. It changes nothing: a test object"
                        + " in the bucket and a file in each folder are deleted again, no message is sent."
                        + " Ends with 1 when a line says FAIL.")
final class DoctorCommand extends CommandBase implements Callable<Integer> {
    private final Clock clock;
    private final ToLongFunction<Path> free;

    @Mixin
    private final Output output = new Output();

    /** @param free bytes that may still be written on the disk of a folder */
    DoctorCommand(CommandSettings settings, Clock clock, ToLongFunction<Path> free) {
        super(settings);
        this.clock = clock;
        this.free = free;
    }

    @Override
    public Integer call() throws Exception {
        DoctorReport report = DoctorReport.of(findings(), settings);
        output.print(out(), report, report.text());
        return report.healthy() ? 0 : 1;
    }

    private List<Finding> findings() throws InterruptedException {
        List<Check> checks;
        try {
            checks = checks();
        } catch (RuntimeException unusable) {
            return List.of(Finding.fail(
                    "settings",
                    unusable instanceof IllegalStateException
                            ? ErrorLine.about(unusable)
                            : ErrorLine.aboutRootOf(unusable),
                    "correct it in application.yaml, or in the environment"));
        }
        return Doctor.examine(checks);
    }

    private List<Check> checks() {
        ConfigurableEnvironment environment = settings.environment();
        Binder binder = Binder.get(environment);
        CommandDatabase database = settings.database();
        ManusApiProperties apiSettings = binder.bindOrCreate("manus.api", ManusApiProperties.class);
        @Nullable ManusApi api = apiSettings.key() == null ? null : ManusApiClient.connect(apiSettings);
        @Nullable URI apiUrl = api == null ? null : aCallOf(apiSettings.baseUrl());
        @Nullable String publicUrl = settings.publicUrl().orElse(null);
        List<Folder> folders = folders(environment, binder);
        return List.of(
                new SettingsCheck(environment),
                new DatabaseCheck(database.source(), database.name(), failure -> database.problem(failure, "inbox")),
                new ManusApiCheck(api, publicUrl),
                new PublicUrlCheck(publicUrl, settings.publicUrlLook()),
                new SignatureKeyCheck(binder, api == null ? null : api::publicKey),
                new ClockCheck(
                        apiUrl,
                        binder.bind("manus.webhook.tolerance", Duration.class).orElse(Duration.ofMinutes(5)),
                        clock),
                new BucketCheck(binder),
                new SlackCheck(binder),
                new MailCheck(binder),
                new RoutesFolderCheck(settings.routes(), this::problems),
                new LibCheck(settings.lib()),
                new FoldersCheck(folders),
                new DiskCheck(folders, free));
    }

    /** What is there in each version of the API; asked without a key, it says no, and what time it is. */
    private static URI aCallOf(URI baseUrl) {
        return URI.create(StringUtils.trimTrailingCharacter(baseUrl.toString(), '/') + "/v2/webhook.publicKey");
    }

    private List<Problem> problems(Bundle bundle) {
        BundleCheck.prepare();
        try (ConfigurableApplicationContext beans = OfflineBeans.open(settings.environment())) {
            return new BundleCheck(beans).check(bundle);
        }
    }

    private static List<Folder> folders(ConfigurableEnvironment environment, Binder binder) {
        List<Folder> folders = new ArrayList<>();
        Optional<Path> database = EmbeddedDatabase.path(environment.getProperty("spring.datasource.url", ""));
        database.map(Path::getParent)
                .ifPresent(data -> folders.add(new Folder("data folder", data, "spring.datasource.url", 0)));
        if (environment.getProperty("manus.attachments.enabled", Boolean.class, true)
                && StringUtils.hasText(environment.getProperty("manus.attachments.bucket"))) {
            String spool = environment.getProperty("manus.attachments.spool-directory", "");
            DataSize largest =
                    binder.bind("manus.attachments.max-size", DataSize.class).orElse(DataSize.ofGigabytes(2));
            folders.add(new Folder(
                    "spool folder",
                    Path.of(spool.isBlank() ? System.getProperty("java.io.tmpdir") : spool),
                    "manus.attachments.spool-directory",
                    largest.toBytes()));
        }
        return folders;
    }
}
