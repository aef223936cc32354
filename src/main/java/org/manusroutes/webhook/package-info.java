/** The door: turns a signed HTTP request into a {@link org.manusroutes.webhook.WebhookEvent} or a named refusal. */
@NullMarked
package org.manusroutes.webhook;

import org.jspecify.annotations.NullMarked;
