/** Networks and addresses. */
@NullMarked
package org.manusroutes.net;

import org.jspecify.annotations.NullMarked;
