package org.manusroutes.answers.slack;

import com.slack.api.model.block.InputBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.OptionObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.CheckboxesElement;
import com.slack.api.model.block.element.PlainTextInputElement;
import com.slack.api.model.block.element.StaticSelectElement;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewClose;
import com.slack.api.model.view.ViewSubmit;
import com.slack.api.model.view.ViewTitle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.manusroutes.answers.AnswerForm;
import org.manusroutes.answers.Answering;
import org.manusroutes.answers.Question;
import org.manusroutes.text.Untrusted;

/** The form of a question on Slack. Limits: Slack docs, Block Kit reference, views and input blocks. */
final class AnswerModal {
    static final String CALLBACK = "answer";
    /** Blocks and, with the same names, what is in them. */
    static final String WORDS = "words";

    static final String OPTIONS = "options";
    static final String DECISION = "decision";
    /** Before the name of a field. */
    static final String FIELD = "field:";

    static final String ACCEPT = "accept";
    static final String DECLINE = "decline";

    static final List<String> YES_NO = List.of("yes", "no");

    private static final int LABEL = 150;
    private static final int OPTION = 75;
    private static final int QUESTION = 2900;
    /** Slack's limit of a text input. */
    private static final int WORDS_LIMIT = 3000;

    private static final int CHECKBOXES = 10;
    private static final int SELECT = 100;

    private AnswerModal() {}

    static View of(Question question) {
        List<LayoutBlock> blocks = new ArrayList<>();
        blocks.add(section(question.task() + "\n\n" + question.text()));
        if (question.isByMessage()) {
            words(question, blocks);
        } else {
            decision(question.form(), blocks);
        }
        return view(question, blocks)
                .submit(ViewSubmit.builder().type("plain_text").text("Send").build())
                .build();
    }

    /** Says something instead of asking. */
    static View said(Question question, String sentence) {
        return view(question, List.of(section(sentence))).build();
    }

    private static View.ViewBuilder view(Question question, List<LayoutBlock> blocks) {
        return View.builder()
                .type("modal")
                .callbackId(CALLBACK)
                .privateMetadata(String.valueOf(question.id()))
                .title(ViewTitle.builder()
                        .type("plain_text")
                        .text("Answer Manus")
                        .build())
                .close(ViewClose.builder().type("plain_text").text("Close").build())
                .blocks(blocks);
    }

    private static void words(Question question, List<LayoutBlock> blocks) {
        boolean offers = !question.options().isEmpty();
        if (offers) {
            List<OptionObject> options = options(question.options(), question.several() ? CHECKBOXES : SELECT);
            blocks.add(input(
                    OPTIONS,
                    question.several() ? "Choose any" : "Choose one",
                    question.several()
                            ? CheckboxesElement.builder()
                                    .actionId(OPTIONS)
                                    .options(options)
                                    .build()
                            : StaticSelectElement.builder()
                                    .actionId(OPTIONS)
                                    .options(options)
                                    .build(),
                    true));
        }
        int limit = Math.min(WORDS_LIMIT, Answering.LONGEST);
        blocks.add(input(
                WORDS,
                offers ? "In your own words" : "Your answer",
                PlainTextInputElement.builder()
                        .actionId(WORDS)
                        .multiline(true)
                        .maxLength(limit)
                        .build(),
                offers));
    }

    private static void decision(AnswerForm form, List<LayoutBlock> blocks) {
        if (form.decides()) {
            List<OptionObject> options = List.of(option("Accept", ACCEPT), option("Decline", DECLINE));
            blocks.add(input(
                    DECISION,
                    "Decision",
                    StaticSelectElement.builder()
                            .actionId(DECISION)
                            .options(options)
                            .build(),
                    false));
        }
        for (AnswerForm.Field field : form.fields()) {
            String id = FIELD + field.name();
            BlockElement element =
                    switch (field.type()) {
                        case CHOICE ->
                            StaticSelectElement.builder()
                                    .actionId(id)
                                    .options(options(field.options(), SELECT))
                                    .build();
                        case YES_NO ->
                            StaticSelectElement.builder()
                                    .actionId(id)
                                    .options(options(YES_NO, SELECT))
                                    .build();
                        case TEXT, NUMBER, INTEGER ->
                            PlainTextInputElement.builder().actionId(id).build();
                    };
            // who declines fills in nothing; what is missing is said when it is sent
            blocks.add(input(id, field.label(), element, !field.required() || form.decides()));
        }
    }

    /** Their values are their places: a text may be longer than Slack lets a value be. */
    private static List<OptionObject> options(List<String> texts, int most) {
        return IntStream.range(0, Math.min(most, texts.size()))
                .mapToObj(place -> option(texts.get(place), String.valueOf(place)))
                .toList();
    }

    private static OptionObject option(String text, String value) {
        return OptionObject.builder().text(plain(text, OPTION)).value(value).build();
    }

    private static InputBlock input(String id, String label, BlockElement element, boolean optional) {
        return InputBlock.builder()
                .blockId(id)
                .label(plain(label, LABEL))
                .element(element)
                .optional(optional)
                .build();
    }

    private static SectionBlock section(String text) {
        return SectionBlock.builder().text(plain(text, QUESTION)).build();
    }

    private static PlainTextObject plain(String text, int limit) {
        String clean = Untrusted.cut(Untrusted.lines(text), limit);
        return PlainTextObject.builder()
                .text(clean.isBlank() ? Untrusted.ELLIPSIS : clean)
                .emoji(false)
                .build();
    }
}
