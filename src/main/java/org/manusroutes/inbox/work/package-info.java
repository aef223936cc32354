/** Works on stored events: claims, runs, settles, retries, parks; remembers the steps that are done. */
@NullMarked
package org.manusroutes.inbox.work;

import org.jspecify.annotations.NullMarked;
