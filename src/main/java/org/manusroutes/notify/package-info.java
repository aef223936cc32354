/** Words people read, on Slack and by mail, escaped for where they go; and what a refusal there means for the event. */
@NullMarked
package org.manusroutes.notify;

import org.jspecify.annotations.NullMarked;
