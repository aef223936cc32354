package org.manusroutes.notify.slack;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manusroutes.notify.text.AskedQuestion;
import org.manusroutes.text.Untrusted;

/** The buttons below a question. Limits: Slack docs, Block Kit reference, actions and button. */
public final class AnswerButtons {
    /** Before the id of the question, in the id of the block. */
    public static final String BLOCK = "question:";

    /** Before the place of the option, in the id of the action. */
    public static final String OPTION = "answer-option:";

    public static final String ACCEPT = "answer-accept";
    public static final String DECLINE = "answer-decline";
    /** Opens a form. */
    public static final String FORM = "answer-form";

    private static final int TEXT = 75;
    private static final int OPTIONS = 10;

    private AnswerButtons() {}

    static ActionsBlock of(AskedQuestion question) {
        List<BlockElement> buttons = new ArrayList<>();
        if (question.decision() && !question.form()) {
            buttons.add(button(ACCEPT, "Accept", "primary"));
        }
        if (question.decision() && question.declinable()) {
            buttons.add(button(DECLINE, "Decline", question.form() ? null : "danger"));
        }
        if (!question.decision() && !question.several()) {
            List<String> options = question.options();
            for (int i = 0; i < Math.min(OPTIONS, options.size()); i++) {
                buttons.add(button(OPTION + i, options.get(i), null));
            }
        }
        if (!question.decision() || question.form()) {
            buttons.add(button(FORM, "Answer\u2026", question.options().isEmpty() ? "primary" : null));
        }
        return ActionsBlock.builder()
                .blockId(BLOCK + question.id())
                .elements(buttons)
                .build();
    }

    private static ButtonElement button(String action, String text, @Nullable String style) {
        return ButtonElement.builder()
                .actionId(action)
                .text(PlainTextObject.builder()
                        .text(Untrusted.cut(Untrusted.line(text), TEXT))
                        .build())
                .style(style)
                .build();
    }
}
