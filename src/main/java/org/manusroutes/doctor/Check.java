package org.manusroutes.doctor;

import java.time.Duration;
import java.util.List;

/** Looks at one part of an installation, as the receiver uses it; changes nothing but what it deletes again. */
public interface Check {
    Duration USUAL_PATIENCE = Duration.ofSeconds(10);

    /** Of what it looks at, in a word or two: also that of the finding when it comes to no end. */
    String name();

    /** What it waits for, with the names of the settings, for a sentence that says that it came to no end. */
    String waitsFor();

    /**
     * A line for each thing that was looked at.
     *
     * @throws Exception for what nobody has foreseen; its message is what is told
     */
    List<Finding> run() throws Exception;

    /** How long it may take. */
    default Duration patience() {
        return USUAL_PATIENCE;
    }
}
