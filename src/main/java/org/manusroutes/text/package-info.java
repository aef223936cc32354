/** Text that came from outside, or that has to fit somewhere. */
@NullMarked
package org.manusroutes.text;

import org.jspecify.annotations.NullMarked;
