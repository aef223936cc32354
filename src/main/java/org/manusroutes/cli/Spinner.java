package org.manusroutes.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Shows people at a terminal that something goes on; nothing where the output goes to a file or a program. */
final class Spinner {
    private static final String FRAMES = "|/-\\";
    private static final Duration FRAME = Duration.ofMillis(150);

    private final PrintWriter out;
    private final boolean shown;
    private int frame;

    /** @param shown see {@link #hasTerminal} */
    Spinner(PrintWriter out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    /** Whether somebody looks on. From Java 22 on there may be a console without a terminal, which then says so. */
    @SuppressWarnings("SystemConsoleNull") // it does for Java 17 to 21; what newer ones say is asked below
    static boolean hasTerminal() {
        Console console = System.console();
        if (console == null || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    /** Waits, and turns meanwhile; afterwards the line is empty again. */
    void turn(Duration time, String what) throws InterruptedException {
        if (!shown) {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            return;
        }
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            out.print("\r" + FRAMES.charAt(frame++ % FRAMES.length()) + " " + what);
            out.flush();
            TimeUnit.NANOSECONDS.sleep(Math.min(left, FRAME.toNanos()));
        }
        out.print("\r" + " ".repeat(what.length() + 2) + "\r");
        out.flush();
    }
}
