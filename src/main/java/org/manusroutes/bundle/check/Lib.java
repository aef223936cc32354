package org.manusroutes.bundle.check;

/** What to type when a jar is missing. */
final class Lib {
    private Lib() {}

    /** @param what a component, a language, a data format or an artifact, as the command knows it */
    static String add(String what) {
        return "java -jar manus-webhook-routes.jar lib add " + what;
    }
}
