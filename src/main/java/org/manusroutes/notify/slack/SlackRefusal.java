package org.manusroutes.notify.slack;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.manusroutes.failure.PermanentFailure;
import org.manusroutes.failure.RetryLater;

/**
 * Decides what a "no" from Slack means for the event: park it, come back later, or try again.
 *
 * <p>Codes: Slack docs, chat.postMessage, "Errors"; incoming webhooks, "Handling errors"; rate limits. A code that is
 * not listed here is tried again.
 *
 * @param status HTTP status
 * @param code Slack's own word for it, {@code channel_not_found}; empty when it gave none
 * @param retryAfter the header {@code Retry-After}, in seconds
 */
record SlackRefusal(int status, String code, @Nullable String retryAfter) {
    private static final Duration UNSAID = Duration.ofSeconds(30);
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{1,80}");

    private static final Set<String> TOO_MANY = Set.of("ratelimited", "rate_limited");

    private static final Set<String> CHANNEL = Set.of(
            "channel_not_found",
            "not_in_channel",
            "is_archived",
            "channel_is_archived",
            "restricted_action",
            "restricted_action_read_only_channel",
            "restricted_action_thread_only_channel",
            "restricted_action_non_threadable_channel",
            "posting_to_general_channel_denied",
            "messages_tab_disabled",
            "user_not_found",
            "cannot_dm_bot");

    private static final Set<String> CREDENTIALS = Set.of(
            "not_authed",
            "invalid_auth",
            "account_inactive",
            "token_revoked",
            "token_expired",
            "not_allowed_token_type",
            "no_permission",
            "missing_scope",
            "access_denied",
            "org_login_required",
            "ekm_access_denied",
            "enterprise_is_restricted",
            "team_access_not_granted",
            "team_not_found",
            "two_factor_setup_required",
            "action_prohibited",
            "invalid_token",
            "no_service",
            "no_service_id",
            "no_team",
            "no_active_hooks",
            "team_disabled");

    private static final Set<String> MESSAGE = Set.of(
            "msg_too_long",
            "msg_blocks_too_long",
            "no_text",
            "invalid_blocks",
            "invalid_blocks_format",
            "invalid_payload",
            "invalid_attachments",
            "too_many_attachments",
            "attachment_payload_limit_exceeded",
            "invalid_arguments",
            "invalid_arg_name",
            "invalid_array_arg",
            "invalid_charset",
            "invalid_form_data",
            "invalid_json",
            "invalid_post_type",
            "missing_post_type",
            "as_user_not_supported");

    /** Keeps of an answer's text only what looks like a code, so that nothing else of it reaches a log. */
    static String codeIn(@Nullable String answer) {
        String text = answer == null ? "" : answer.strip();
        return CODE.matcher(text).matches() ? text : "";
    }

    Exception failure(SlackProperties.Mode mode, String channel) {
        String refused = "Slack refused: " + (code.isEmpty() ? "HTTP " + status : code) + ".";
        if (status == 429 || TOO_MANY.contains(code)) {
            return new RetryLater("Slack asks to slow down: HTTP " + status + ".", delay(), null);
        }
        String key = mode == SlackProperties.Mode.TOKEN ? "manus.slack.token" : "manus.slack.webhook-url";
        if (CHANNEL.contains(code)) {
            return new PermanentFailure(
                    mode == SlackProperties.Mode.TOKEN
                            ? refused + " Is " + channel + " spelt right, open, and is the bot invited?"
                                    + " manus.slack.channel, manus.slack.ops-channel, or the variable slackChannel"
                            : refused + " Is the webhook's channel still there and open? " + key);
        }
        if (CREDENTIALS.contains(code)) {
            return new PermanentFailure(
                    refused + " Is it the right one, active, and allowed to post (chat:write)? " + key);
        }
        if (MESSAGE.contains(code)) {
            return new PermanentFailure(
                    refused + " Slack cannot take this message: look at what alert-slack makes of it.");
        }
        return new SlackUnavailableException(refused);
    }

    private Duration delay() {
        return retryAfter != null && SECONDS.matcher(retryAfter.strip()).matches()
                ? Duration.ofSeconds(Long.parseLong(retryAfter.strip()))
                : UNSAID;
    }
}
