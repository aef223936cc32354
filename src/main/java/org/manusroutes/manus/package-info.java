/** The API of Manus: what this project asks of it, and what it answers. */
@NullMarked
package org.manusroutes.manus;

import org.jspecify.annotations.NullMarked;
