package org.manusroutes.notify.slack;

import com.slack.api.model.Message;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.manusroutes.notify.text.AskedQuestion;
import org.manusroutes.notify.text.Notice;
import org.manusroutes.notify.text.NoticeReader;
import org.manusroutes.text.Untrusted;

/** Lays an event out as a Slack message; bean {@code slackText}. Limits: Slack docs, Block Kit reference. */
public final class SlackText {
    private static final int HEADER = 150;
    private static final int TITLE = 250;
    /** A table of a dozen rows with its introduction; Slack folds what is longer than a screen. */
    private static final int MESSAGE = 2500;

    private static final int MESSAGE_LINES = 25;
    /** In letters of one width, which Slack wraps when they do not fit. */
    private static final int TABLE = 72;

    private static final int VALUE = 300;
    private static final int FIELD = 2000;
    private static final int FALLBACK = 1000;

    private final SlackProperties settings;
    private final NoticeReader reader;

    SlackText(SlackProperties settings, NoticeReader reader) {
        this.settings = settings;
        this.reader = reader;
    }

    /** False until a token or a webhook is set. */
    public boolean enabled() {
        return settings.mode() != SlackProperties.Mode.OFF;
    }

    /**
     * Words from the event in the body; the headline from the variable {@code headline}; the channel from the variable
     * {@code slackChannel}, else, for what is for operators, from {@code manus.slack.ops-channel}, else left to the
     * endpoint.
     */
    public Message message(Exchange exchange) {
        Notice notice = reader.read(exchange);
        Message message = new Message();
        message.setChannel(channel(exchange));
        message.setText(Mrkdwn.plain(notice.summary(), FALLBACK));
        message.setBlocks(blocks(notice));
        return message;
    }

    private @Nullable String channel(Exchange exchange) {
        String chosen = Untrusted.line(exchange.getVariable("slackChannel"));
        if (chosen.isEmpty() && NoticeReader.isForOperators(exchange)) {
            chosen = settings.opsChannel().strip();
        }
        return chosen.isEmpty() ? null : chosen;
    }

    private List<LayoutBlock> blocks(Notice notice) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(HeaderBlock.builder()
                .text(PlainTextObject.builder()
                        .text(Mrkdwn.plain(notice.headline(), HEADER))
                        .build())
                .build());
        String link = notice.link();
        if (notice.title().isEmpty() && link != null) {
            blocks.add(section(Mrkdwn.link(link, "Open in Manus", TITLE)));
        } else if (!notice.title().isEmpty()) {
            blocks.add(section(
                    link == null ? Mrkdwn.text(notice.title(), TITLE) : Mrkdwn.link(link, notice.title(), TITLE)));
        }
        if (!notice.message().isEmpty()) {
            String message = MrkdwnLines.of(notice.message().lines(TABLE), MESSAGE_LINES, MESSAGE);
            if (!message.isBlank()) { // which Slack would refuse
                blocks.add(section(message));
            }
        }
        AskedQuestion question = notice.question();
        if (question != null && question.answerable() && settings.interactive()) {
            blocks.add(AnswerButtons.of(question));
        }
        if (link != null && !notice.call().isEmpty()) {
            blocks.add(section(Mrkdwn.link(link, notice.call(), TITLE)));
        }
        if (!notice.output().isEmpty()) {
            blocks.add(section(joined(notice.output(), SlackText::output)));
        }
        if (!notice.files().isEmpty()) {
            blocks.add(section(joined(notice.files(), SlackText::file)));
        }
        if (!notice.facts().isEmpty()) {
            String facts = notice.facts().stream()
                    .map(fact -> fact.name() + ": " + fact.value())
                    .collect(Collectors.joining("\n"));
            blocks.add(context(Mrkdwn.text(facts, FIELD)));
        }
        blocks.add(context(Mrkdwn.text(notice.footer(), FIELD)));
        return blocks;
    }

    private static String output(Notice.Fact value) {
        return "*" + Mrkdwn.text(value.name(), VALUE) + ":* " + Mrkdwn.text(value.value(), VALUE);
    }

    private static String file(Notice.File file) {
        String more = file.more().isEmpty() ? "" : " (" + Mrkdwn.text(file.more(), VALUE) + ")";
        return file.link() == null
                ? Mrkdwn.text(file.text(), VALUE)
                : Mrkdwn.link(file.link(), file.name(), VALUE) + more;
    }

    /** A line each, as many as fit: none is cut within its link. */
    private static <T> String joined(List<T> all, Function<T, String> line) {
        StringBuilder text = new StringBuilder();
        for (T one : all) {
            String next = (text.isEmpty() ? "" : "\n") + line.apply(one);
            if (text.length() + next.length() > Mrkdwn.SECTION - 2) {
                return text.append('\n').append(Untrusted.ELLIPSIS).toString();
            }
            text.append(next);
        }
        return text.toString();
    }

    private static ContextBlock context(String text) {
        return ContextBlock.builder().elements(List.of(mrkdwn(text))).build();
    }

    private static SectionBlock section(String text) {
        return SectionBlock.builder().text(mrkdwn(text)).build();
    }

    /** Verbatim: Slack makes no mention and no channel link out of plain words. */
    private static MarkdownTextObject mrkdwn(String text) {
        return MarkdownTextObject.builder().text(text).verbatim(true).build();
    }
}
