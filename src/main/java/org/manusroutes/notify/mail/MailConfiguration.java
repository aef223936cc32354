package org.manusroutes.notify.mail;

import org.apache.camel.component.mail.JavaMailSender;
import org.manusroutes.notify.text.NoticeReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans {@code #mailText} and {@code #smtpSender}. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {
    @Bean
    MailText mailText(MailProperties settings, NoticeReader reader) {
        return new MailText(settings, reader);
    }

    @Bean
    JavaMailSender smtpSender(MailProperties settings, RefusedRecipients recipients) {
        return new SmtpSender(settings, recipients);
    }
}
