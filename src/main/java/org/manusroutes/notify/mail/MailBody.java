package org.manusroutes.notify.mail;

import java.util.StringJoiner;
import org.manusroutes.notify.text.AskedQuestion;
import org.manusroutes.notify.text.Notice;

/** A notice as plain text and as HTML; everything in the HTML is escaped. */
final class MailBody {
    /** What fits a line of a mail program (RFC 5322, 2.1.1). */
    private static final int TABLE = 78;

    private MailBody() {}

    static String text(Notice notice) {
        StringJoiner paragraphs = new StringJoiner("\n\n", "", "\n");
        paragraphs.add(notice.headline());
        if (!notice.title().isEmpty() || notice.link() != null) {
            paragraphs.add((notice.title() + "\n" + (notice.link() == null ? "" : notice.link())).strip());
        }
        if (!notice.message().isEmpty()) {
            paragraphs.add(notice.message().text(TABLE));
        }
        AskedQuestion question = notice.question();
        if (question != null && question.answerable() && question.answerUrl() != null) {
            options(paragraphs, question);
            paragraphs.add("Answer:\n" + question.answerUrl());
        }
        if (!notice.output().isEmpty()) {
            StringJoiner values = new StringJoiner("\n- ", "Output:\n- ", "");
            notice.output().forEach(value -> values.add(value.name() + ": " + value.value()));
            paragraphs.add(values.toString());
        }
        if (!notice.files().isEmpty()) {
            StringJoiner files = new StringJoiner("\n- ", "Files:\n- ", "");
            notice.files().forEach(file -> files.add(file.text() + (file.link() == null ? "" : "\n  " + file.link())));
            paragraphs.add(files.toString());
        }
        StringJoiner facts = new StringJoiner("\n");
        notice.facts().forEach(fact -> facts.add(fact.name() + ": " + fact.value()));
        if (facts.length() > 0) {
            paragraphs.add(facts.toString());
        }
        paragraphs.add("-- \n" + notice.footer()); // what mail programs know as a signature
        return paragraphs.toString();
    }

    private static void options(StringJoiner paragraphs, AskedQuestion question) {
        if (!question.options().isEmpty()) {
            paragraphs.add("Offered answers:\n- " + String.join("\n- ", question.options()));
        }
    }

    static String html(Notice notice) {
        StringBuilder html = new StringBuilder("""
                <!DOCTYPE html>
                <html><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="supported-color-schemes" content="light dark">
                </head>
                """);
        html.append("<body style=\"").append(Html.PAGE).append("\">\n");
        html.append("<div style=\"").append(Html.COLUMN).append("\">\n");
        boolean titled = !notice.title().isEmpty() || notice.link() != null;
        line(html, titled ? "p" : "h1", titled ? Html.LABEL : Html.TITLE, Html.escape(notice.headline()));
        if (titled) {
            String words = notice.title().isEmpty() ? "Open in Manus" : notice.title();
            line(html, "h1", Html.TITLE, Html.link(notice.link(), words));
        }
        if (!notice.message().isEmpty()) {
            html.append(MarkdownHtml.of(notice.message())).append('\n');
        }
        AskedQuestion question = notice.question();
        if (question != null && question.answerable() && question.answerUrl() != null) {
            if (!question.options().isEmpty()) {
                line(html, "p", Html.SECTION, "Offered answers");
                html.append("<ul style=\"").append(Html.LIST).append("\">\n");
                question.options()
                        .forEach(option ->
                                html.append("<li>").append(Html.escape(option)).append("</li>\n"));
                html.append("</ul>\n");
            }
            line(html, "p", "margin:18px 0", button(question.answerUrl(), "Answer"));
        } else if (!notice.call().isEmpty() && notice.link() != null) {
            line(html, "p", "margin:18px 0", button(notice.link(), notice.call()));
        }
        output(html, notice);
        files(html, notice);
        for (Notice.Fact fact : notice.facts()) {
            line(html, "p", Html.PARAGRAPH, "<b>" + Html.escape(fact.name()) + ":</b> " + Html.escape(fact.value()));
        }
        line(html, "p", Html.SMALL, Html.escape(notice.footer()));
        return html.append("</div>\n</body></html>\n").toString();
    }

    private static String button(String url, String words) {
        return "<a href=\"" + Html.escape(url) + "\" style=\"" + Html.BUTTON + "\">" + Html.escape(words) + "</a>";
    }

    private static void output(StringBuilder html, Notice notice) {
        if (!notice.output().isEmpty()) {
            line(html, "p", Html.SECTION, "Output");
            html.append("<table style=\"").append(Html.TABLE).append("\">\n");
            for (Notice.Fact value : notice.output()) {
                html.append("<tr>");
                html.append(Html.element("th", Html.HEAD + ";text-align:left", Html.escape(value.name())));
                html.append(Html.element("td", Html.CELL, Html.escape(value.value())));
                html.append("</tr>\n");
            }
            html.append("</table>\n");
        }
    }

    private static void files(StringBuilder html, Notice notice) {
        if (!notice.files().isEmpty()) {
            line(html, "p", Html.SECTION, "Files");
            html.append("<ul style=\"").append(Html.LIST).append("\">\n");
            for (Notice.File file : notice.files()) {
                String more = file.more().isEmpty() ? "" : " (" + Html.escape(file.more()) + ")";
                html.append("<li>")
                        .append(Html.link(file.link(), file.name()))
                        .append(more)
                        .append("</li>\n");
            }
            html.append("</ul>\n");
        }
    }

    private static void line(StringBuilder html, String name, String style, String content) {
        html.append(Html.element(name, style, content)).append('\n');
    }
}
