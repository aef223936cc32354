package org.manusroutes.standins;

/**
 * One POST of the simulator to a receiver.
 *
 * @param status of the answer; 0 when none came, then the body says why
 */
public record Delivery(String url, String eventId, int attempt, int status, String body) {
    public boolean isAccepted() {
        return status / 100 == 2;
    }
}
