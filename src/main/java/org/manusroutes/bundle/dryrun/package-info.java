/** Runs events through a bundle and sends nothing. */
@NullMarked
package org.manusroutes.bundle.dryrun;

import org.jspecify.annotations.NullMarked;
