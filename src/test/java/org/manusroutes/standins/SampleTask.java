package org.manusroutes.standins;

/** The kinds of tasks that the simulator plays. */
public enum SampleTask {
    /** Finishes with a PDF and a CSV. */
    FILES("Quarterly revenue by region"),
    /** Asks which currency, and waits. */
    QUESTION("Convert the price list"),
    /** Finishes with structured output. */
    STRUCTURED_OUTPUT("Invoice 2024-117 as JSON"),
    /** Ends in an error, of which no event tells. */
    FAILS("Import the customer list");

    private final String title;

    SampleTask(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** What a prompt stands for: a question mark for a question, JSON for structured output, else files. */
    static SampleTask meantBy(String prompt) {
        if (prompt.contains("?")) {
            return QUESTION;
        }
        return prompt.contains("JSON") ? STRUCTURED_OUTPUT : FILES;
    }
}
