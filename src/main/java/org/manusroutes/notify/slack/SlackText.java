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
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.manusroutes.notify.text.Notice;
import org.manusroutes.notify.text.NoticeReader;
import org.manusroutes.text.Untrusted;

/** Lays an event out as a Slack message; bean {@code slackText}. Limits: Slack docs, Block Kit reference. */
public final class SlackText {
    private static final int HEADER = 150;
    private static final int TITLE = 250;
    private static final int MESSAGE = 1500;
    private static final int MESSAGE_LINES = 12;
    private static final int FIELD = 2000;
    private static final int FALLBACK = 1000;

    private final SlackProperties settings;

    SlackText(SlackProperties settings) {
        this.settings = settings;
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
        Notice notice = NoticeReader.read(exchange);
        Message message = new Message();
        message.setChannel(channel(exchange));
        message.setText(Mrkdwn.text(notice.summary(), FALLBACK));
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

    private static List<LayoutBlock> blocks(Notice notice) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(HeaderBlock.builder()
                .text(PlainTextObject.builder()
                        .text(Mrkdwn.text(notice.headline(), HEADER))
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
            blocks.add(section(Mrkdwn.text(Untrusted.firstLines(notice.message(), MESSAGE_LINES), MESSAGE)));
        }
        if (link != null && !notice.call().isEmpty()) {
            blocks.add(section(Mrkdwn.link(link, notice.call(), TITLE)));
        }
        if (!notice.files().isEmpty()) {
            blocks.add(section(Mrkdwn.text(String.join("\n", notice.files()), Mrkdwn.SECTION)));
        }
        if (!notice.facts().isEmpty()) {
            String facts = notice.facts().stream()
                    .map(fact -> fact.name() + ": " + fact.value())
                    .collect(Collectors.joining("\n"));
            blocks.add(ContextBlock.builder()
                    .elements(List.of(mrkdwn(Mrkdwn.text(facts, FIELD))))
                    .build());
        }
        return blocks;
    }

    private static SectionBlock section(String text) {
        return SectionBlock.builder().text(mrkdwn(text)).build();
    }

    /** Verbatim: Slack makes no mention and no channel link out of plain words. */
    private static MarkdownTextObject mrkdwn(String text) {
        return MarkdownTextObject.builder().text(text).verbatim(true).build();
    }
}
