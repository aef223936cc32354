package org.manusroutes.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The connection to S3, on which a PUT can meet trouble. */
final class S3Wire extends Wire {
    private static final byte[] ERROR = ("HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/xml\r\n"
                    + "Connection: close\r\n\r\n<Error><Code>InternalError</Code><Message>torture</Message></Error>")
            .getBytes(StandardCharsets.US_ASCII);

    /** What happens to a PUT. */
    enum Fault {
        ERROR_500,
        SLOW,
        CUT_IN_THE_MIDDLE,
        ANSWER_LOST
    }

    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Tally tally;

    S3Wire(int server, Tally tally) {
        super(server);
        this.tally = tally;
    }

    /** The next PUTs, this many, meet this fault. */
    void next(int count, Fault fault) {
        for (int i = 0; i < count; i++) {
            faults.add(fault);
        }
    }

    void heal() {
        faults.clear();
    }

    @Override
    void fromClient(Connection connection, byte[] piece, int length) throws IOException {
        if (connection.note == Fault.ERROR_500) {
            return; // answered already: the rest of the request goes nowhere
        }
        if (connection.note == Fault.CUT_IN_THE_MIDDLE) {
            connection.toServer(piece, length / 2);
            connection.reset();
            return;
        }
        Fault fault = startsWith(piece, length, "PUT ") ? faults.poll() : null;
        if (fault == null) {
            connection.toServer(piece, length);
            return;
        }
        tally.add("S3 " + fault);
        connection.note = fault;
        switch (fault) {
            case ERROR_500 -> {
                connection.toClient(ERROR, ERROR.length);
                connection.endOfAnswer();
            }
            case SLOW -> {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(2));
                connection.toServer(piece, length);
            }
            case CUT_IN_THE_MIDDLE -> connection.toServer(piece, length); // the next piece is part of the file
            case ANSWER_LOST -> connection.toServer(piece, length);
        }
    }

    @Override
    void fromServer(Connection connection, byte[] piece, int length) throws IOException {
        if (connection.note == Fault.ANSWER_LOST && !startsWith(piece, length, "HTTP/1.1 100")) {
            connection.reset();
        } else if (connection.note != Fault.ERROR_500) {
            connection.toClient(piece, length);
        }
    }

    private static boolean startsWith(byte[] piece, int length, String start) {
        return length >= start.length()
                && new String(piece, 0, start.length(), StandardCharsets.US_ASCII).equals(start);
    }
}
