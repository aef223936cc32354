/** Camel contexts for versions of the bundle. */
@NullMarked
package org.manusroutes.bundle.camel;

import org.jspecify.annotations.NullMarked;
