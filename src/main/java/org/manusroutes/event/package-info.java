/** What an event is, and what a route gets to know of it. */
@NullMarked
package org.manusroutes.event;

import org.jspecify.annotations.NullMarked;
