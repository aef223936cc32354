package org.manusroutes.answers.page;

import jakarta.servlet.http.HttpServletRequest;
import org.manusroutes.answers.AnswerLinks;
import org.manusroutes.webhook.Entrance;
import org.manusroutes.webhook.Refusal;
import org.manusroutes.webhook.RefusedException;
import org.springframework.stereotype.Component;

/** The checks of a request for the page, before anybody looks at its token: method, media type, announced size. */
@Component
final class PageEntrance implements Entrance {
    private static final int MAX_BODY = 128 * 1024;

    @Override
    public boolean isAt(String path) {
        return path.startsWith(AnswerLinks.PATH);
    }

    @Override
    public int maxBody() {
        return MAX_BODY;
    }

    @Override
    public void checkBeforeTheBody(HttpServletRequest request) throws RefusedException {
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                // shows the page
            }
            case "POST" -> Entrance.checkForm(request);
            default -> throw new RefusedException(Refusal.METHOD, request.getMethod());
        }
        checkAnnouncedSize(request);
    }
}
