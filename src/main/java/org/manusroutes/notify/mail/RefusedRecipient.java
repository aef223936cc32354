package org.manusroutes.notify.mail;

/**
 * A recipient that the mail server refuses for good while others get the mail, published as an application event with
 * each mail.
 *
 * @param address from {@code manus.mail.to}
 * @param reason the server's words, a line
 */
public record RefusedRecipient(String address, String reason) {}
