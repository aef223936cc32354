/** The files in {@code routes/}: found, and their steps counted. */
@NullMarked
package org.manusroutes.bundle;

import org.jspecify.annotations.NullMarked;
