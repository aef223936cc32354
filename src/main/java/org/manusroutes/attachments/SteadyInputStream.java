package org.manusroutes.attachments;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * Counts the bytes of an answer and gives up on one that drips: each stretch of {@code time} must bring the lowest
 * rate. To close it closes nothing: to close an answer that goes on is to read it to its end.
 */
final class SteadyInputStream extends FilterInputStream {
    private final DataSize lowestRate;
    private final Duration time;
    private long count;
    private long countBefore;
    private long since = System.nanoTime();

    /** @param lowestRate in a second; 0 for any */
    SteadyInputStream(InputStream in, DataSize lowestRate, Duration time) {
        super(in);
        this.lowestRate = lowestRate;
        this.time = time;
    }

    /** Bytes read so far, as they came. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = super.read(bytes, from, length);
        count += Math.max(read, 0);
        long took = System.nanoTime() - since;
        if (took >= time.toNanos()) {
            long came = count - countBefore;
            if (read >= 0 && came < lowestRate.toBytes() * (took / 1e9)) {
                throw new IOException("%d bytes in %.0f s, slower than manus.attachments.lowest-rate (%s a second)"
                        .formatted(came, took / 1e9, lowestRate));
            }
            since += took;
            countBefore = count;
        }
        return read;
    }

    @Override
    public void close() {
        // see above
    }
}
