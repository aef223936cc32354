package org.manusroutes.cli;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** What may be wrong with an installation, and how doctor has to name it. */
enum PlantedFault {
    DATABASE_PASSWORD(
            at -> at.settings.put("spring.datasource.password", "another"),
            "database",
            "refuses the login",
            "spring.datasource.password"),
    DATABASE_AWAY(
            at -> at.settings.put("spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/manus"),
            "database",
            "Connection refused",
            "spring.datasource.url"),
    API_KEY(at -> at.settings.put("manus.api.key", "sk-another"), "Manus API", "answered 401", "manus.api.key"),
    HOST_UNKNOWN(
            at -> at.settings.put("manus.webhook.public-url", "https://no-such-host.invalid/webhooks/manus"),
            "public URL",
            "the host no-such-host.invalid is unknown",
            "manus.webhook.public-url"),
    URL_NOT_REGISTERED(
            at -> at.settings.put("manus.webhook.public-url", at.door.url() + "?v=2"),
            "registration",
            "is not registered, so Manus sends nothing; registered is http://127.0.0.1",
            "webhook register"),
    REGISTRATION_INACTIVE(
            at -> at.manus.deactivate(at.webhook),
            "registration",
            "is registered and inactive (wh_0001)",
            "webhook register --replace"),
    ANOTHER_RECEIVER(
            at -> at.door.answers(200, Map.of(), "<title>My shop</title>"),
            "public URL",
            "another server answers 200 ('My shop')",
            "manus.webhook.public-url"),
    NO_SIGNATURE_KEY(
            at -> at.settings.put("manus.webhook.public-key", "/nowhere/key.pem"),
            "signature key",
            "neither PEM text nor a file",
            "manus.webhook.public-key"),
    CLOCK(
            at -> at.clock = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-10)),
            "clock",
            "s behind that of the Manus API",
            "timedatectl"),
    BUCKET_MISSING(
            at -> at.settings.put("manus.attachments.bucket", "no-such-bucket"),
            "S3",
            "there is no bucket no-such-bucket",
            "manus.attachments.bucket"),
    S3_KEY(
            at -> at.settings.put("manus.attachments.secret-key", "planted-wrong-secret"),
            "S3",
            "S3 does not take the key (SignatureDoesNotMatch)",
            "manus.attachments.access-key"),
    SLACK_TOKEN(
            at -> at.settings.put("manus.slack.token", "xoxb-planted-wrong"),
            "Slack",
            "Slack does not take the token (invalid_auth)",
            "manus.slack.token"),
    SLACK_SCOPE(
            at -> at.slack.account().scopes("channels:read"),
            "Slack scopes",
            "it lacks chat:write (it has channels:read)",
            "manus.slack.token"),
    SLACK_CHANNEL(
            at -> at.slack.account().member(false), "Slack channel", "the bot is not in it", "manus.slack.channel"),
    SMTP_LOGIN(
            at -> at.settings.put("manus.mail.password", "planted-wrong-password"),
            "mail",
            "refuses the login",
            "manus.mail.password"),
    SMTP_RECIPIENT(at -> at.mail.refuse("team@example.com"), "mail", "refuses team@example.com (550", "manus.mail.to"),
    SMTP_AWAY(at -> at.mail.stop(), "mail", "refused the connection", "manus.mail.host"),
    BROKEN_ROUTE(
            at -> at.edit("task-asks.camel.yaml", "name: send-mail", "name: send-male"),
            "routes",
            "no route listens on direct:send-male (did you mean 'send-mail'?)",
            "routes check"),
    CHANGED_JAR(at -> at.write(at.jar, "other classes"), "lib/", "mine-1.0.jar has changed", "lib add mine"),
    DATA_FOLDER(
            at -> {
                at.write(at.folder.resolve("file"), "");
                at.settings.put(
                        "spring.datasource.url",
                        "jdbc:h2:file:" + at.folder.resolve("file/manus") + ";MODE=PostgreSQL");
            },
            "data folder",
            "is no folder",
            "spring.datasource.url"),
    SPOOL_FOLDER(
            at -> at.settings.put("manus.attachments.spool-directory", "/proc/manus-spool"),
            "spool folder",
            "no file can be written in /proc",
            "manus.attachments.spool-directory"),
    FULL_DISK(at -> at.free = any -> 5_000_000, "disk", "4 MB are free for the data folder", "spring.datasource.url");

    final Consumer<HealthyInstallation> plant;
    final String line;
    final String found;
    final String mend;

    PlantedFault(Consumer<HealthyInstallation> plant, String line, String found, String mend) {
        this.plant = plant;
        this.line = line;
        this.found = found;
        this.mend = mend;
    }
}
