/** The Camel component {@code manus}: routes create tasks and steer them. */
@NullMarked
package org.manusroutes.manus.camel;

import org.jspecify.annotations.NullMarked;
