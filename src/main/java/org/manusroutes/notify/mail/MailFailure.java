package org.manusroutes.notify.mail;

import jakarta.mail.MessagingException;
import org.manusroutes.failure.Explained;

/** The mail server does not take a mail now. */
final class MailFailure extends MessagingException implements Explained {
    private static final long serialVersionUID = 1L;

    MailFailure(String reason, Exception cause) {
        super(reason, cause);
    }
}
