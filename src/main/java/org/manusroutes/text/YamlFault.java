package org.manusroutes.text;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What is wrong with a settings file in YAML, in a sentence with its place. */
public final class YamlFault {
    private static final String TWICE = "found duplicate key ";

    private YamlFault() {}

    /** Spring Boot reads no other file by default, and does not say which it was. */
    public static String sentence(MarkedYAMLException fault) {
        Mark mark = fault.getProblemMark() == null ? fault.getContextMark() : fault.getProblemMark();
        String place = mark == null ? "" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
        String problem = String.valueOf(fault.getProblem());
        return "application.yaml" + place + ": "
                + (problem.startsWith(TWICE)
                        ? "'" + problem.substring(TWICE.length())
                                + "' is there twice; put what is below both under the first"
                        : "this is not YAML: " + problem);
    }
}
