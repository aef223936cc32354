package org.manusroutes.answers.slack;

import com.slack.api.app_backend.SlackSignature;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.manusroutes.notify.slack.SlackProperties;
import org.manusroutes.webhook.Entrance;
import org.manusroutes.webhook.Refusal;
import org.manusroutes.webhook.RefusedException;
import org.springframework.stereotype.Component;

/**
 * The checks of what Slack sends, in this order: method, media type, announced size, both headers of the signature, the
 * age of its timestamp; then, with the body, its size and signature.
 *
 * <p>The signature is made by Slack's SDK 1.47. Its own comparison is not of constant time, and takes timestamps of any
 * future; both are done here (Slack docs, "Verifying requests from Slack").
 */
@Component
final class SlackEntrance implements Entrance {
    static final String PATH = "/slack/interactions";

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    /** Slack sends the whole message with each button. */
    private static final int MAX_BODY = 512 * 1024;

    private final SlackProperties settings;
    private final Clock clock;

    SlackEntrance(SlackProperties settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public boolean isAt(String path) {
        return path.equals(PATH) && settings.interactive();
    }

    @Override
    public int maxBody() {
        return MAX_BODY;
    }

    @Override
    public void checkBeforeTheBody(HttpServletRequest request) throws RefusedException {
        if (!"POST".equals(request.getMethod())) {
            throw new RefusedException(Refusal.METHOD, request.getMethod());
        }
        Entrance.checkForm(request);
        checkAnnouncedSize(request);
        String timestamp = timestamp(request);
        if (timestamp == null || signature(request) == null) {
            throw new RefusedException(Refusal.SIGNATURE_MISSING, "a request of Slack has both headers");
        }
        if (!timestamp.matches("\\d{1,12}")
                || Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE.toSeconds()) {
            throw new RefusedException(Refusal.SIGNATURE_STALE, "the timestamp is " + timestamp);
        }
    }

    /**
     * The body of a request that Slack has signed.
     *
     * @return null when the request did not come this way: there is no signing secret
     */
    byte @Nullable [] verifiedBody(HttpServletRequest request) throws RefusedException {
        byte[] body = Entrance.body(request);
        if (body != null) {
            String expected = new SlackSignature.Generator(
                            settings.signingSecret().strip())
                    .generate(timestamp(request), new String(body, StandardCharsets.UTF_8));
            String found = Objects.requireNonNull(signature(request));
            if (expected == null
                    || !MessageDigest.isEqual(
                            expected.getBytes(StandardCharsets.UTF_8), found.getBytes(StandardCharsets.UTF_8))) {
                throw new RefusedException(Refusal.SIGNATURE_WRONG, "check manus.slack.signing-secret");
            }
        }
        return body;
    }

    private static @Nullable String timestamp(HttpServletRequest request) {
        return request.getHeader(SlackSignature.HeaderNames.X_SLACK_REQUEST_TIMESTAMP);
    }

    private static @Nullable String signature(HttpServletRequest request) {
        return request.getHeader(SlackSignature.HeaderNames.X_SLACK_SIGNATURE);
    }
}
