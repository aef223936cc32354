package org.manusroutes.notify.mail;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * Parts of a mail's HTML. Styles are inline, because mail programs drop the rest, and hold on a light and on a dark
 * page: greys that let the page through, and for text no colours but a mid grey and a mid blue.
 */
final class Html {
    static final String PAGE = "margin:0;padding:20px 16px;font:15px/1.5 -apple-system,BlinkMacSystemFont,'Segoe UI',"
            + "Roboto,Helvetica,Arial,sans-serif;overflow-wrap:break-word";
    static final String COLUMN = "max-width:640px;margin:0 auto";
    static final String LABEL = "margin:0;font-size:13px;font-weight:600;color:#767676";
    static final String SECTION = "margin:16px 0 4px;font-size:13px;font-weight:600;color:#767676";
    static final String TITLE = "margin:2px 0 16px;font-size:21px;line-height:1.3;font-weight:600";
    static final String BUTTON = "display:inline-block;padding:9px 18px;border-radius:6px;background:#1f6feb;"
            + "color:#ffffff;font-weight:600;text-decoration:none";
    static final String LINK = "color:#2b76d9";
    static final String SMALL = "margin:24px 0 0;padding-top:12px;border-top:1px solid rgba(128,128,128,.35);"
            + "font-size:12px;color:#767676";
    static final String PARAGRAPH = "margin:0 0 12px";
    static final String LIST = "margin:0 0 12px;padding-left:24px";
    static final String TABLE = "border-collapse:collapse;margin:0 0 12px;font-size:14px";
    static final String CELL = "border:1px solid rgba(128,128,128,.45);padding:5px 10px;vertical-align:top";
    static final String HEAD = CELL + ";font-weight:600;background:rgba(128,128,128,.14)";
    static final String QUOTE = "margin:0 0 12px;padding:2px 0 2px 12px;border-left:3px solid rgba(128,128,128,.5)";
    static final String QUOTED = "margin:4px 0";
    static final String RULE = "border:0;border-top:1px solid rgba(128,128,128,.45);margin:16px 0";
    static final String CODE = "font:13px/1.45 ui-monospace,Menlo,Consolas,monospace;background:rgba(128,128,128,.16);"
            + "border-radius:4px;padding:1px 4px";
    static final String CODE_BLOCK =
            CODE + ";margin:0 0 12px;padding:10px 12px;white-space:pre-wrap;" + "overflow-wrap:anywhere";

    private Html() {}

    static String escape(String text) {
        return HtmlUtils.htmlEscape(text, "UTF-8");
    }

    /** An element, its content as it is given. */
    static String element(String name, String style, String content) {
        return "<" + name + " style=\"" + style + "\">" + content + "</" + name + ">";
    }

    /** The words alone when there is no address. */
    static String link(@Nullable String url, String words) {
        return url == null
                ? escape(words)
                : "<a href=\"" + escape(url) + "\" style=\"" + LINK + "\">" + escape(words) + "</a>";
    }
}
