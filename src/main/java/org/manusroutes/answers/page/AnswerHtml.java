package org.manusroutes.answers.page;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.manusroutes.answers.AnswerForm;
import org.manusroutes.answers.AnswerForm.Field;
import org.manusroutes.answers.Question;
import org.manusroutes.notify.markdown.Markdown;
import org.manusroutes.text.FormBody;
import org.manusroutes.text.WebLink;
import org.springframework.web.util.HtmlUtils;

/** The HTML of the page; everything in it that is not ours is escaped. */
final class AnswerHtml {
    static final String WORDS = "words";
    static final String OPTION = "option";
    static final String NAME = "name";
    static final String DECISION = "decision";
    static final String DECLINE = "decline";
    /** Before the name of a field. */
    static final String FIELD = "field.";

    private static final int TABLE = 60;

    private static final String STYLE = """
            :root{color-scheme:light dark}
            body{margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;
            overflow-wrap:anywhere}
            main{max-width:640px;margin:0 auto}
            h1{font-size:1.4em;line-height:1.3;margin:0 0 16px}
            .asked{white-space:pre-wrap;padding:2px 0 2px 14px;margin:0 0 20px;
            border-left:3px solid rgba(128,128,128,.5)}
            label,legend{display:block;font-weight:600;margin:0 0 4px;padding:0}
            fieldset{border:0;margin:0 0 16px;padding:0}
            .choice{font-weight:400;padding:6px 0}
            p.field{margin:0 0 16px}
            textarea,input[type=text],input[type=password],select{width:100%;box-sizing:border-box;
            font:inherit;padding:8px 10px;border:1px solid rgba(128,128,128,.7);border-radius:6px;
            background:transparent;color:inherit}
            button{font:inherit;font-weight:600;padding:10px 20px;border-radius:6px;border:1px solid #1f6feb;
            background:#1f6feb;color:#fff;margin:0 8px 8px 0}
            button.second{background:transparent;color:inherit;border-color:rgba(128,128,128,.7)}
            .fault{color:#d1242f;font-weight:600;margin:0 0 4px}
            .small{font-size:.85em;opacity:.75}
            a{color:#2b76d9}
            """;

    private AnswerHtml() {}

    /** A page that only says something. */
    static String message(String title, String sentence) {
        return page(title, "<h1>" + escape(title) + "</h1><p>" + escape(sentence) + "</p>");
    }

    /** A page of a question that takes no answer. */
    static String over(Question question, String title, String sentence) {
        return page(
                title,
                "<h1>" + escape(title) + "</h1><p>" + escape(sentence) + "</p>" + asked(question) + inManus(question));
    }

    /**
     * The page that takes an answer.
     *
     * @param faults by the names of fields, or of {@code answer}
     * @param sent what was filled in before
     */
    static String form(Question question, Map<String, String> faults, FormBody sent) {
        StringBuilder html = new StringBuilder();
        html.append("<h1>").append(escape(question.task())).append("</h1>").append(asked(question));
        fault(html, "The answer ", faults.get("answer"));
        AnswerForm form = question.form();
        if (!question.isByMessage() && !form.whole()) {
            return page(
                    question.task(),
                    html.append("<p>This can only be answered in Manus.</p>")
                            .append(inManus(question))
                            .toString());
        }
        html.append("<form method=\"post\" accept-charset=\"utf-8\">");
        if (question.isByMessage()) {
            words(html, question, sent);
        } else {
            form.fields().forEach(field -> field(html, field, faults, sent));
        }
        text(html, NAME, "Your name (others see who answered)", sent.first(NAME), "text", 100);
        if (question.isByMessage()) {
            html.append("<button type=\"submit\">Send</button>");
        } else {
            html.append("<button type=\"submit\" name=\"decision\" value=\"accept\">Accept</button>");
            if (form.decides()) {
                html.append("<button class=\"second\" name=\"decision\" value=\"decline\">Decline</button>");
            }
        }
        return page(
                question.task(),
                html.append("</form>").append(inManus(question)).toString());
    }

    private static void words(StringBuilder html, Question question, FormBody sent) {
        List<String> chosen = sent.all(OPTION);
        if (!question.options().isEmpty()) {
            html.append("<fieldset><legend>")
                    .append(question.several() ? "Choose any" : "Choose one")
                    .append("</legend>");
            for (String option : question.options()) {
                html.append("<label class=\"choice\"><input type=\"")
                        .append(question.several() ? "checkbox" : "radio")
                        .append("\" name=\"option\" value=\"")
                        .append(escape(option))
                        .append(chosen.contains(option) ? "\" checked> " : "\"> ")
                        .append(escape(option))
                        .append("</label>");
            }
            html.append("</fieldset>");
        }
        html.append("<p class=\"field\"><label for=\"words\">")
                .append(question.options().isEmpty() ? "Your answer" : "Or in your own words")
                .append("</label><textarea id=\"words\" name=\"words\" rows=\"5\">")
                .append(escape(sent.first(WORDS)))
                .append("</textarea></p>");
    }

    private static void field(StringBuilder html, Field field, Map<String, String> faults, FormBody sent) {
        String id = FIELD + field.name();
        fault(html, "", faults.get(field.name()));
        String label = field.label() + (field.required() ? "" : " (optional)");
        switch (field.type()) {
            case CHOICE -> select(html, id, label, field.options(), sent.first(id));
            case YES_NO -> select(html, id, label, List.of("yes", "no"), sent.first(id));
            case TEXT, NUMBER, INTEGER ->
                text(html, id, label, field.secret() ? "" : sent.first(id), field.secret() ? "password" : "text", 5000);
        }
    }

    private static void select(StringBuilder html, String id, String label, List<String> options, String chosen) {
        label(html, id, label);
        html.append("<select id=\"")
                .append(escape(id))
                .append("\" name=\"")
                .append(escape(id))
                .append("\">");
        html.append("<option value=\"\"></option>");
        for (String option : options) {
            html.append("<option")
                    .append(option.equals(chosen) ? " selected>" : ">")
                    .append(escape(option))
                    .append("</option>");
        }
        html.append("</select></p>");
    }

    private static void text(StringBuilder html, String id, String label, String value, String type, int limit) {
        label(html, id, label);
        html.append("<input type=\"")
                .append(type)
                .append("\" autocomplete=\"off\" maxlength=\"")
                .append(limit);
        html.append("\" id=\"").append(escape(id)).append("\" name=\"").append(escape(id));
        html.append("\" value=\"").append(escape(value)).append("\"></p>");
    }

    private static void label(StringBuilder html, String id, String label) {
        html.append("<p class=\"field\"><label for=\"")
                .append(escape(id))
                .append("\">")
                .append(escape(label))
                .append("</label>");
    }

    private static void fault(StringBuilder html, String before, @Nullable String fault) {
        if (fault != null) {
            html.append("<p class=\"fault\">").append(escape(before + fault)).append("</p>");
        }
    }

    private static String asked(Question question) {
        return question.text().isEmpty()
                ? ""
                : "<div class=\"asked\">" + escape(Markdown.of(question.text()).text(TABLE)) + "</div>";
    }

    private static String inManus(Question question) {
        String link = WebLink.of(question.url());
        return link == null ? "" : "<p class=\"small\"><a href=\"" + escape(link) + "\">Open the task in Manus</a></p>";
    }

    private static String page(String title, String content) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + escape(title)
                + "</title><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><style>\n" + STYLE
                + "</style></head><body><main>" + content + "</main></body></html>\n";
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
