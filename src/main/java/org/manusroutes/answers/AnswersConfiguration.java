package org.manusroutes.answers;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.manusroutes.inbox.EventStore;
import org.manusroutes.inbox.InboxProperties;
import org.manusroutes.loop.Loop;
import org.manusroutes.loop.Loops;
import org.manusroutes.manus.ManusApi;
import org.manusroutes.notify.text.AskedQuestion;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.util.function.SingletonSupplier;

/** The bean {@code #questions}, and what takes and sends answers. */
@Configuration(proxyBeanMethods = false)
class AnswersConfiguration {
    @Bean
    QuestionTable questionTable(JdbcClient jdbc) {
        return new QuestionTable(jdbc);
    }

    @Bean
    Moments moments(@Value("${manus.time-zone:}") String zone) {
        return new Moments(zone);
    }

    @Bean
    Answering answering(QuestionTable questions, ObjectProvider<ManusApi> api, Moments moments) {
        return new Answering(questions, api.getIfAvailable(), moments);
    }

    @Bean
    AnswerLinks answerLinks(
            AnswersProperties settings,
            @Value("${manus.webhook.public-url:}") String publicUrl,
            JdbcClient jdbc,
            Clock clock) {
        Supplier<byte[]> key = SingletonSupplier.of(() -> key(jdbc));
        String base = settings.baseUrl().isEmpty() ? origin(publicUrl.strip()) : settings.baseUrl();
        return new AnswerLinks(base.replaceFirst("/+$", ""), settings.linkValid(), key, clock);
    }

    /** Scheme, host and port; empty when there is no usable URL, which whoever checks signatures says. */
    private static String origin(String publicUrl) {
        try {
            URI url = URI.create(publicUrl);
            return url.getHost() == null ? "" : url.getScheme() + "://" + url.getRawAuthority();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Made by the first node that needs it. */
    private static byte[] key(JdbcClient jdbc) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        jdbc.sql("insert into signing_key (name, secret) values ('answer', :secret) on conflict do nothing")
                .param("secret", Base64.getEncoder().encodeToString(random))
                .update();
        return Base64.getDecoder()
                .decode(jdbc.sql("select secret from signing_key where name = 'answer'")
                        .query(String.class)
                        .single());
    }

    @Bean
    Questions questions(
            QuestionTable questions,
            Answering answering,
            AnswerLinks links,
            AnswersProperties settings,
            ObjectProvider<ManusApi> api) {
        return new Questions(questions, answering, links, settings, api.getIfAvailable() != null);
    }

    /** Stores nothing and asks nobody. */
    @Bean(name = "questions-dry-run", defaultCandidate = false)
    DryQuestions dryQuestions() {
        return new DryQuestions();
    }

    /** Stands for {@code #questions} in a dry run. */
    public static final class DryQuestions {
        public AskedQuestion of(Exchange exchange) {
            return new AskedQuestion(0, List.of(), false, false, false, false, true, null);
        }
    }

    @Bean
    SendAnswers sendAnswers(
            QuestionTable questions,
            ObjectProvider<ManusApi> api,
            AnswersProperties settings,
            EventStore events,
            InboxProperties inbox,
            @Qualifier("nodeName") String node,
            Clock clock,
            Moments moments,
            Loops loops) {
        ManusApi manus = api.getIfAvailable();
        return new SendAnswers(
                manus == null
                        ? () -> false
                        : new AnswerSender(questions, manus, settings, events::storeInternal, node, clock, moments)
                                ::one,
                () -> questions.purge(inbox.keep()),
                loops.named("answers", SendAnswers.LATE));
    }

    /** A job of its own: what waits for the API holds up nothing else. */
    record SendAnswers(Supplier<Boolean> one, Runnable purge, Loop loop) {
        /** A turn may wait for several calls of the API. */
        static final Duration LATE = Duration.ofMinutes(10);

        @Scheduled(fixedDelay = 1000)
        void send() {
            loop.scheduled(() -> {
                while (one.get()) {
                    loop.good();
                }
            });
        }

        /** Questions are kept as long as events. */
        @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
        void forget() {
            loop.scheduled(purge::run);
        }
    }
}
