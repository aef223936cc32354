package org.manusroutes.notify;

import org.manusroutes.notify.mail.MailProperties;
import org.manusroutes.notify.mail.RefusedRecipients;
import org.manusroutes.notify.slack.SlackPace;
import org.manusroutes.notify.slack.SlackProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at start and in health which channels are on; one that is off is no fault. */
@Component("channels")
public final class ChannelsHealthIndicator implements HealthIndicator {
    private static final Logger log = LoggerFactory.getLogger(ChannelsHealthIndicator.class);

    private final SlackProperties slack;
    private final SlackPace pace;
    private final MailProperties mail;
    private final RefusedRecipients refused;
    private final String bucket;

    ChannelsHealthIndicator(
            SlackProperties slack,
            SlackPace pace,
            MailProperties mail,
            RefusedRecipients refused,
            @Value("${manus.attachments.enabled:true}") boolean copying,
            @Value("${manus.attachments.bucket:}") String bucket) {
        this.slack = slack;
        this.pace = pace;
        this.mail = mail;
        this.refused = refused;
        this.bucket = copying && !bucket.isBlank() ? bucket : "off";
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up()
                .withDetail("slack", slackState())
                .withDetail("mail", mailState())
                .withDetail("s3", bucket);
        if (!refused.reasons().isEmpty()) {
            health.withDetail("mailRecipientsRefused", refused.reasons());
        }
        if (pace.paused() > 0) {
            health.withDetail("slackChannelsPaused", pace.paused());
        }
        return health.build();
    }

    @EventListener(ApplicationStartedEvent.class)
    void sayOnce() {
        if (slack.mode() == SlackProperties.Mode.OFF) {
            log.info("Slack is off: set manus.slack.token or manus.slack.webhook-url");
        } else {
            log.info("Slack is on: {}", slackState());
        }
        if (mail.enabled()) {
            log.info("Mail is on: {}", mailState());
        } else {
            log.info("Mail is off: set {}", mail.missing());
        }
    }

    private String slackState() {
        return switch (slack.mode()) {
            case OFF -> "off";
            case TOKEN -> "token, " + slack.channel();
            case WEBHOOK -> "webhook";
        };
    }

    private String mailState() {
        return mail.enabled() ? mail.host() + ":" + mail.port() : "off";
    }
}
