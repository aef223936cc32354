package org.manusroutes.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.manusroutes.torture.Incidents.Incident;

/** The connection to PostgreSQL, on which the answer to a commit can get lost: done there, unknown here. */
final class DatabaseWire extends Wire {
    /** Tags of CommandComplete (PostgreSQL protocol, 53.7) that tell of a change that is committed, or soon will be. */
    private static final List<String> CHANGES = List.of("COMMIT\0", "INSERT 0 ", "UPDATE ");

    private final AtomicInteger toLose = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final Incidents incidents;

    DatabaseWire(int server, Incidents incidents) {
        super(server);
        this.incidents = incidents;
    }

    /** So many answers from now, each to a change, are lost together with their connections. */
    void loseAnswers(int count) {
        toLose.addAndGet(count);
    }

    /** Nothing more is lost. */
    void heal() {
        toLose.set(0);
    }

    @Override
    void fromServer(Connection connection, byte[] piece, int length) throws IOException {
        if (toLose.get() > 0 && tellsOfAChange(piece, length) && toLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            try (Incident incident = incidents.begin("answer to a commit lost", 1)) {
                if (lost.incrementAndGet() % 2 == 0) {
                    connection.toClient(piece, length / 2); // cut in the middle instead of before
                }
                connection.reset();
            }
        } else {
            super.fromServer(connection, piece, length);
        }
    }

    private static boolean tellsOfAChange(byte[] piece, int length) {
        String text = new String(piece, 0, length, StandardCharsets.ISO_8859_1);
        return CHANGES.stream().anyMatch(text::contains);
    }
}
