/** Answers by a small page that works without a script, on a phone too. */
@NullMarked
package org.manusroutes.answers.page;

import org.jspecify.annotations.NullMarked;
