/** Work that is done again and again, and must never end unnoticed. */
@NullMarked
package org.manusroutes.loop;

import org.jspecify.annotations.NullMarked;
