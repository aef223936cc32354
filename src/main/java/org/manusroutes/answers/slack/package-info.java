/** Answers by buttons and forms of Slack. */
@NullMarked
package org.manusroutes.answers.slack;

import org.jspecify.annotations.NullMarked;
