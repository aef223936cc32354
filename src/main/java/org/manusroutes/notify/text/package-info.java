/** What there is to say about an event, before it is laid out for a channel. */
@NullMarked
package org.manusroutes.notify.text;

import org.jspecify.annotations.NullMarked;
