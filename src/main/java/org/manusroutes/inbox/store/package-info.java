/** All SQL on the inbox's tables, and what decides whether a statement is tried again. */
@NullMarked
package org.manusroutes.inbox.store;

import org.jspecify.annotations.NullMarked;
