/** Turns a signed HTTP request into an event or a named refusal. */
@NullMarked
package org.manusroutes.webhook;

import org.jspecify.annotations.NullMarked;
