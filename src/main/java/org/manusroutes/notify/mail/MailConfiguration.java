package org.manusroutes.notify.mail;

import org.apache.camel.component.mail.JavaMailSender;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans {@code #mailText} and {@code #smtpSender}. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {
    @Bean
    MailText mailText(MailProperties settings) {
        return new MailText(settings);
    }

    @Bean
    JavaMailSender smtpSender(MailProperties settings, RefusedRecipients recipients) {
        return new SmtpSender(settings, recipients);
    }
}
