package org.manusroutes.notify.slack;

import com.slack.api.Slack;
import org.apache.camel.component.slack.SlackComponent;
import org.manusroutes.notify.text.NoticeReader;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;

/** The bean {@code #slackText}, and Camel's component for {@code slack:}. */
@Configuration(proxyBeanMethods = false)
class SlackConfiguration {
    @Bean
    SlackText slackText(SlackProperties settings, NoticeReader reader) {
        return new SlackText(settings, reader);
    }

    @Bean
    SlackCalls slackCalls(SlackProperties settings, SlackText text, ObjectProvider<Slack> client) {
        return new SlackCalls(settings, text, client);
    }

    /** The name by which Camel finds its component for {@code slack:}. */
    @Bean("slack-component")
    @Scope(BeanDefinition.SCOPE_PROTOTYPE) // one for each Camel context
    SlackComponent slackComponent(
            SlackProperties settings,
            ObjectProvider<Slack> client,
            SlackPace pace,
            ApplicationEventPublisher application) {
        return new StrictSlackComponent(settings, client, pace, application::publishEvent);
    }

    @Bean
    @Lazy
    Slack slackClient(SlackProperties settings) {
        return SlackClients.client(settings.apiUrl());
    }

    @Bean
    SlackPace slackPace(SlackProperties settings) {
        return new SlackPace(settings.messagesPerSecond(), System::nanoTime);
    }
}
