/** The start that the JVM learns from. */
@NullMarked
package org.manusroutes.training;

import org.jspecify.annotations.NullMarked;
