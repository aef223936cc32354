/** What looks at an installation and says what works, what does not, and how to mend it. */
@NullMarked
package org.manusroutes.doctor;

import org.jspecify.annotations.NullMarked;
