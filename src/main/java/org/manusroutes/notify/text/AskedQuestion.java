package org.manusroutes.notify.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message offers to somebody who is asked; a route has it in the variable {@code question}.
 *
 * @param id of the row in table {@code question}
 * @param options that may be chosen; empty for an answer in one's own words
 * @param several whether more than one of them may be chosen
 * @param decision whether it is answered by accepting, not by words
 * @param declinable whether the decision may also be no
 * @param form whether there is more to fill in than a decision
 * @param answerable false when only Manus itself can be answered
 * @param answerUrl of our own page; null when people cannot reach it
 */
public record AskedQuestion(
        long id,
        List<String> options,
        boolean several,
        boolean decision,
        boolean declinable,
        boolean form,
        boolean answerable,
        @Nullable String answerUrl) {
    /** The variable. */
    public static final String VARIABLE = "question";
}
