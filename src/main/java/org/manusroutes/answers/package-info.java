/** What tasks ask, and what people answer: each question is answered once, whoever answers first. */
@NullMarked
package org.manusroutes.answers;

import org.jspecify.annotations.NullMarked;
