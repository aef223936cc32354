/** Mails, and what a refusal by the mail server means for the event. */
@NullMarked
package org.manusroutes.notify.mail;

import org.jspecify.annotations.NullMarked;
