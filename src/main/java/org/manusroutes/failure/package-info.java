/** What a route may throw to say how its event goes on. */
@NullMarked
package org.manusroutes.failure;

import org.jspecify.annotations.NullMarked;
