/** What one node at a time does. */
@NullMarked
package org.manusroutes.lease;

import org.jspecify.annotations.NullMarked;
