/** The version that runs, and how an edit of the folder takes its place. */
@NullMarked
package org.manusroutes.bundle.live;

import org.jspecify.annotations.NullMarked;
