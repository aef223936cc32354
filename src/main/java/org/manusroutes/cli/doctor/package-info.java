/** What the command doctor looks at, as far as it takes several parts of the receiver. */
@NullMarked
package org.manusroutes.cli.doctor;

import org.jspecify.annotations.NullMarked;
