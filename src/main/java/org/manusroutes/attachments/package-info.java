/** Fetches a task's files within limits, names them, and remembers which have been copied. */
@NullMarked
package org.manusroutes.attachments;

import org.jspecify.annotations.NullMarked;
