/** Looks, with the Manus API, for what was never delivered: events that never came, a registration that is gone. */
@NullMarked
package org.manusroutes.reconcile;

import org.jspecify.annotations.NullMarked;
