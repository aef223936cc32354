/** Messages on Slack, and what a refusal there means for the event. */
@NullMarked
package org.manusroutes.notify.slack;

import org.jspecify.annotations.NullMarked;
