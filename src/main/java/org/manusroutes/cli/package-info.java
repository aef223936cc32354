/** Commands for the people who run the receiver; the same jar, the same settings. */
@NullMarked
package org.manusroutes.cli;

import org.jspecify.annotations.NullMarked;
