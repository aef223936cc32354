/** The Markdown of an agent, parsed within bounds, before it is rendered for a channel. */
@NullMarked
package org.manusroutes.notify.markdown;

import org.jspecify.annotations.NullMarked;
