package org.manusroutes.notify.slack;

import com.slack.api.Slack;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.apache.camel.component.slack.SlackComponent;
import org.apache.camel.component.slack.SlackEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Camel's Slack component, set up from {@code manus.slack.*}, with a producer that looks at Slack's answer first.
 *
 * <p>Camel 4.18's {@code SlackProducer} calls back before it looks at the answer: only the order in which Camel happens
 * to run what comes next keeps a refusal from passing for success. Its failures also hide {@code Retry-After} and
 * Slack's code in a text, and it writes the JSON of an incoming webhook with Java's names ({@code blockId}) instead of
 * Slack's ({@code block_id}).
 */
@Component("slack")
final class StrictSlackComponent extends SlackComponent {
    private final ObjectProvider<Slack> slack;
    private final SlackPace pace;
    private final Consumer<PostedQuestion> posted;

    /** @param slack made with the first producer; shared by all, for a client of its own would leave threads behind */
    StrictSlackComponent(
            SlackProperties settings, ObjectProvider<Slack> slack, SlackPace pace, Consumer<PostedQuestion> posted) {
        this.pace = pace;
        this.posted = posted;
        this.slack = slack;
        switch (settings.mode()) {
            case TOKEN -> setToken(settings.token().strip());
            case WEBHOOK -> setWebhookUrl(settings.webhookUrl().strip());
            case OFF -> {
                // a route may name the endpoint all the same; its producer says that Slack is off
            }
        }
    }

    @Override
    protected Endpoint createEndpoint(String uri, String channel, Map<String, Object> parameters) throws Exception {
        Endpoint endpoint = new StrictSlackEndpoint(uri, channel);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    private final class StrictSlackEndpoint extends SlackEndpoint {
        StrictSlackEndpoint(String uri, String channel) {
            super(uri, channel, StrictSlackComponent.this);
        }

        @Override
        public Producer createProducer() {
            return new StrictSlackProducer(this, slack.getObject(), pace, posted);
        }
    }
}
