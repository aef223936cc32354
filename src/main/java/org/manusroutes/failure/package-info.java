/** Exceptions that control retry and parking of an event. */
@NullMarked
package org.manusroutes.failure;

import org.jspecify.annotations.NullMarked;
