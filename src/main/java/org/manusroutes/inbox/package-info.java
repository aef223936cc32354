/** The inbox: stores events once, has each worked on by one node at a time, retries, parks. */
@NullMarked
package org.manusroutes.inbox;

import org.jspecify.annotations.NullMarked;
