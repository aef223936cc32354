package org.manusroutes.notify.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.manusroutes.attachments.FileLinks;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The reader of events, who says where this runs: by the host that is registered with Manus, else by the node. */
@Configuration(proxyBeanMethods = false)
class NoticeConfiguration {
    @Bean
    NoticeReader noticeReader(
            @Value("${manus.webhook.public-url:}") String publicUrl,
            @Qualifier("nodeName") ObjectProvider<String> node,
            ObjectProvider<FileLinks> links) {
        String host = host(publicUrl);
        return new NoticeReader(
                host.isEmpty() ? node.getIfAvailable(() -> "") : host, links.getIfAvailable(FileLinks::none));
    }

    private static String host(String publicUrl) {
        try {
            return Objects.requireNonNullElse(new URI(publicUrl.strip()).getHost(), "");
        } catch (URISyntaxException e) {
            return ""; // whoever checks signatures says what is wrong with it
        }
    }
}
