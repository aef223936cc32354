package org.manusroutes.notify.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.StreamProvider;
import org.apache.camel.Exchange;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.manusroutes.event.EventVariables;
import org.manusroutes.notify.text.Notice;
import org.manusroutes.notify.text.NoticeReader;
import org.manusroutes.text.Untrusted;

/**
 * Lays an event out as a mail, in text and HTML; bean {@code mailText}.
 *
 * <p>The mail is whole, with its sender and recipients, so that no header of the exchange can add to it.
 */
public final class MailText {
    private static final int SUBJECT = 150;
    private static final String UTF_8 = "UTF-8";

    static {
        // Jakarta Mail asks for it several times a mail, and looks through all jars each time unless it is named here
        System.getProperties().putIfAbsent(StreamProvider.class.getName(), MailStreamProvider.class.getName());
    }

    private final MailProperties settings;
    private final NoticeReader reader;

    MailText(MailProperties settings, NoticeReader reader) {
        this.settings = settings;
        this.reader = reader;
    }

    /** False until the server, the sender and a recipient are set. */
    public boolean enabled() {
        return settings.enabled();
    }

    /**
     * Words from the event in the body and the variable {@code headline}. The {@code Message-ID} comes from the event's
     * key, so that a repeat is seen to be one; {@code References} come from the task, so that its mails thread.
     */
    public MimeMessage message(Exchange exchange) throws MessagingException {
        Notice notice = reader.read(exchange);
        MimeMessage mail = new EventMail(exchange);
        mail.setFrom(settings.sender());
        mail.setRecipients(Message.RecipientType.TO, settings.recipients());
        mail.setSubject(Untrusted.cut("[Manus] " + notice.summary(), SUBJECT), UTF_8);
        String domain = domain(settings.sender().getAddress());
        mail.setHeader("Message-ID", MessageIds.of("event", exchange.getVariable(EventVariables.EVENT_KEY), domain));
        if (!Untrusted.line(exchange.getVariable(EventVariables.TASK_ID)).isEmpty()) {
            String thread = MessageIds.of("task", exchange.getVariable(EventVariables.TASK_ID), domain);
            mail.setHeader("In-Reply-To", thread);
            mail.setHeader("References", thread);
        }
        // no answers from vacation responders (RFC 3834)
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setContent(alternatives(MailBody.text(notice), MailBody.html(notice)));
        return mail;
    }

    /** The plainest first (RFC 2046, 5.1.4). */
    private static MimeMultipart alternatives(String text, String html) throws MessagingException {
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(text, UTF_8, "plain");
        MimeBodyPart rich = new MimeBodyPart();
        rich.setText(html, UTF_8, "html");
        return new MimeMultipart("alternative", plain, rich);
    }

    private static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
