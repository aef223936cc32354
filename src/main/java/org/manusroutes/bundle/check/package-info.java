/** Finds what is wrong with a bundle before it runs. */
@NullMarked
package org.manusroutes.bundle.check;

import org.jspecify.annotations.NullMarked;
