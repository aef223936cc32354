package org.manusroutes.webhook;

/** Why a request is not let in; the caller learns status and sentence, log and metric learn the reason. */
public enum Refusal {
    METHOD(405, "only POST is taken here"),
    MEDIA_TYPE(415, "the body must be application/json"),
    NOT_A_FORM(415, "the body must be application/x-www-form-urlencoded"),
    TOO_LARGE(413, "the body is larger than this receiver takes"),
    CUT_OFF(400, "the body ended early"),
    SOURCE(403, "this address may not send here"),
    SIGNATURE_MISSING(401, Refusal.UNVERIFIED),
    SIGNATURE_WRONG(401, Refusal.UNVERIFIED),
    SIGNATURE_STALE(401, Refusal.UNVERIFIED),
    TOO_MANY_LARGE(503, "too many large bodies are being received"),
    NO_KEY(503, "signatures cannot be checked at the moment"),
    NOT_JSON(400, "the body is not JSON"),
    NOT_AN_OBJECT(400, "the body is JSON, but not an object"),
    UNUSABLE_EVENT(400, "an event needs event_id (up to 200 characters) and event_type (up to 100)"),
    NOT_STORED(503, "the event could not be stored");

    /** One sentence for all three, so that a forger learns nothing. */
    private static final String UNVERIFIED = "the signature could not be verified";

    private final int status;
    private final String sentence;

    Refusal(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** What the caller is told. */
    public String sentence() {
        return sentence;
    }
}
