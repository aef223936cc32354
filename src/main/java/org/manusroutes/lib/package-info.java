/** The folder {@code lib/}: jars that the application does not carry, and where they come from. */
@NullMarked
package org.manusroutes.lib;

import org.jspecify.annotations.NullMarked;
