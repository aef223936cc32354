/** The task row, and the rule by which a late event does not turn it back. */
@NullMarked
package org.manusroutes.tasks;

import org.jspecify.annotations.NullMarked;
