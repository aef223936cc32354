package org.manusroutes.answers.page;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.manusroutes.answers.AnswerForm.InvalidAnswer;
import org.manusroutes.answers.AnswerLinks;
import org.manusroutes.answers.Answering;
import org.manusroutes.answers.Answering.Receipt;
import org.manusroutes.answers.Question;
import org.manusroutes.text.FormBody;
import org.manusroutes.webhook.Entrance;
import org.manusroutes.webhook.RefusedException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The page that a mail links to. A GET shows the question, and only a POST answers it, for scanners of mails follow
 * links. The token in the path is all that it takes, and it says which question.
 */
@RestController
final class AnswerPage {
    private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

    /** Nothing is loaded, nothing runs, nobody frames it, and the address goes nowhere. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
            "Referrer-Policy",
            "no-referrer",
            "X-Content-Type-Options",
            "nosniff",
            "X-Robots-Tag",
            "noindex",
            "Cache-Control",
            "no-store");

    private final Answering answering;
    private final AnswerLinks links;

    AnswerPage(Answering answering, AnswerLinks links) {
        this.answering = answering;
        this.links = links;
    }

    @RequestMapping(AnswerLinks.PATH + "{token}")
    ResponseEntity<String> serve(@PathVariable("token") String token, HttpServletRequest request) {
        byte[] body;
        try {
            body = Entrance.body(request);
        } catch (RefusedException e) {
            return page(
                    e.refusal().status(),
                    AnswerHtml.message("This is not possible", e.refusal().sentence() + "."));
        }
        AnswerLinks.Opened opened = links.open(token);
        if (opened == null || body == null) {
            return page(
                    404, AnswerHtml.message("There is no such page", "Is the link whole, as it stands in the mail?"));
        }
        Optional<Question> question = answering.question(opened.id());
        if (question.isEmpty()) {
            return page(404, AnswerHtml.message("This question is no longer kept", ""));
        }
        if (opened.expired()) {
            return page(410, AnswerHtml.over(question.get(), "This link is too old", "Answer in Manus."));
        }
        if (!question.get().isOpen()) {
            return page(200, AnswerHtml.over(question.get(), "No answer needed", answering.whyNot(question.get())));
        }
        return request.getMethod().equals("POST")
                ? answer(question.get(), new FormBody(body))
                : page(200, AnswerHtml.form(question.get(), Map.of(), new FormBody(new byte[0])));
    }

    private ResponseEntity<String> answer(Question question, FormBody fields) {
        String name = fields.first(AnswerHtml.NAME).strip();
        String by = name.isEmpty() ? "Somebody with the link" : name;
        try {
            Receipt receipt = question.isByMessage()
                    ? answering.words(question, chosen(question, fields), fields.first(AnswerHtml.WORDS), by, "page")
                    : answering.decision(question, accept(fields), values(fields), by, "page");
            return receipt.taken()
                    ? page(200, AnswerHtml.over(question, "Thank you", receipt.sentence()))
                    : page(409, AnswerHtml.over(question, "Somebody was first", receipt.sentence()));
        } catch (InvalidAnswer e) {
            return page(422, AnswerHtml.form(question, e.faults(), fields));
        }
    }

    private static Boolean accept(FormBody fields) {
        return !fields.first(AnswerHtml.DECISION).equals(AnswerHtml.DECLINE);
    }

    /** Only what was offered. */
    private static List<String> chosen(Question question, FormBody fields) {
        List<String> sent = fields.all(AnswerHtml.OPTION);
        List<String> chosen = question.options().stream().filter(sent::contains).toList();
        return question.several() || chosen.isEmpty() ? chosen : chosen.subList(0, 1);
    }

    private static Map<String, String> values(FormBody fields) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : fields.names()) {
            if (name.startsWith(AnswerHtml.FIELD) && !fields.first(name).isBlank()) {
                values.put(name.substring(AnswerHtml.FIELD.length()), fields.first(name));
            }
        }
        return values;
    }

    private static ResponseEntity<String> page(int status, String html) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).contentType(HTML);
        HEADERS.forEach((name, value) -> answer.header(name, value));
        if (status == 405) {
            answer.header("Allow", "GET, HEAD, POST");
        }
        return answer.body(html);
    }
}
