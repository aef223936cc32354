package org.manusroutes.notify.mail;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.manusroutes.notify.text.Notice;
import org.manusroutes.text.Untrusted;
import org.springframework.web.util.HtmlUtils;

/** A notice as plain text and as HTML; everything in the HTML is escaped. */
final class MailBody {
    private static final int MESSAGE = 20_000;

    private MailBody() {}

    static String text(Notice notice) {
        StringJoiner paragraphs = new StringJoiner("\n\n", "", "\n");
        paragraphs.add(notice.headline());
        if (!notice.title().isEmpty() || notice.link() != null) {
            paragraphs.add((notice.title() + "\n" + (notice.link() == null ? "" : notice.link())).strip());
        }
        if (!notice.message().isEmpty()) {
            paragraphs.add(message(notice));
        }
        if (!notice.files().isEmpty()) {
            paragraphs.add("Files:\n- " + String.join("\n- ", notice.files()));
        }
        StringJoiner facts = new StringJoiner("\n");
        notice.facts().forEach(fact -> facts.add(fact.name() + ": " + fact.value()));
        if (facts.length() > 0) {
            paragraphs.add(facts.toString());
        }
        return paragraphs.toString();
    }

    static String html(Notice notice) {
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html><body style=\"font-family: sans-serif\">\n");
        html.append("<h2>").append(escape(notice.headline())).append("</h2>\n");
        if (!notice.title().isEmpty() || notice.link() != null) {
            String words = notice.title().isEmpty() ? "Open in Manus" : notice.title();
            html.append("<p><b>").append(link(notice.link(), words)).append("</b></p>\n");
        }
        if (!notice.message().isEmpty()) {
            html.append("<p style=\"white-space: pre-wrap\">")
                    .append(escape(message(notice)))
                    .append("</p>\n");
        }
        if (!notice.call().isEmpty()) {
            html.append("<p>").append(link(notice.link(), notice.call())).append("</p>\n");
        }
        if (!notice.files().isEmpty()) {
            html.append("<ul>\n");
            notice.files()
                    .forEach(file -> html.append("<li>").append(escape(file)).append("</li>\n"));
            html.append("</ul>\n");
        }
        for (Notice.Fact fact : notice.facts()) {
            html.append("<p>").append(escape(fact.name() + ": " + fact.value())).append("</p>\n");
        }
        return html.append("</body></html>\n").toString();
    }

    private static String message(Notice notice) {
        return Untrusted.cut(notice.message(), MESSAGE);
    }

    private static String link(@Nullable String url, String words) {
        return url == null ? escape(words) : "<a href=\"" + escape(url) + "\">" + escape(words) + "</a>";
    }

    private static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
