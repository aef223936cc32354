package org.manusroutes.notify.slack;

/**
 * A message with buttons is on Slack; published as an event of the application.
 *
 * @param eventKey of the event that it tells of
 * @param channel Slack's id of the channel
 * @param ts Slack's name of the message within it
 */
public record PostedQuestion(String eventKey, String channel, String ts) {}
