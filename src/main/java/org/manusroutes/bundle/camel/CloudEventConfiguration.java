package org.manusroutes.bundle.camel;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is sent nowhere is the same in a dry run. */
@Configuration(proxyBeanMethods = false)
class CloudEventConfiguration {
    @Bean({"cloudEvent", "cloudEvent-dry-run"})
    CloudEventBean cloudEvent(@Value("${manus.webhook.public-url:}") String publicUrl) {
        return new CloudEventBean(publicUrl);
    }
}
