package org.manusroutes.webhook;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Collects the body of a request at an {@link Entrance} before a thread has to wait for it, so that senders who never
 * finish hold neither threads nor memory that real deliveries need.
 *
 * <ul>
 *   <li>What can be checked without the body is checked first; the body of a refused delivery is read and thrown away,
 *       or the sender would not see the answer.
 *   <li>A body that has come with its headers, as those of Manus do, is taken at once. Any other is collected without a
 *       thread (Servlet 6.0, 3.7), and has ten seconds in all, which is as long as Manus waits for an answer.
 *   <li>Bodies up to 16 KB are bounded by the number of connections alone; all larger ones that are not yet verified
 *       share an eighth of the heap, and what comes on top is answered with 503.
 * </ul>
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class BodyFilter extends OncePerRequestFilter {
    /** Attributes of the request: when it came, its body as bytes, and the refusal of one that has no usable body. */
    static final String STARTED = BodyFilter.class.getName() + ".started";

    static final String BODY = BodyFilter.class.getName() + ".body";
    static final String REFUSED = BodyFilter.class.getName() + ".refused";

    private static final int SMALL = 16 * 1024;
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    /** Thrown away at most, so that the sender sees the answer. */
    private static final long MOST_DRAINED = 20_000_000;

    private final Supplier<List<Entrance>> entrances;
    private final Semaphore large;

    /** @param entrances made when the first request comes, for filters are made before all else */
    BodyFilter(ObjectProvider<Entrance> entrances) {
        this.entrances = SingletonSupplier.of(() -> entrances.stream().toList());
        this.large = new Semaphore(
                (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 8));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return entrance(request) == null;
    }

    private @Nullable Entrance entrance(HttpServletRequest request) {
        String path = request.getRequestURI();
        return entrances.get().stream()
                .filter(entrance -> entrance.isAt(path))
                .findFirst()
                .orElse(null);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(STARTED, System.nanoTime());
        Entrance entrance = Objects.requireNonNull(entrance(request));
        Body body = new Body(request, entrance.maxBody(), entrance.refusalBeforeTheBody(request));
        if (body.isHere()) {
            chain.doFilter(request, response);
        } else {
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(DEADLINE.toMillis());
            body.collect(async);
        }
    }

    /** The body of one request, as far as it has come. Its container calls one method at a time. */
    private final class Body implements ReadListener, AsyncListener {
        private final HttpServletRequest request;
        private final ServletInputStream in;
        private final int maxBody;
        private final long announced;
        private @Nullable RefusedException refused;
        private @Nullable AsyncContext async;
        private byte[] bytes = {};
        private long seen;
        private int permits;

        Body(HttpServletRequest request, int maxBody, @Nullable RefusedException refused) throws IOException {
            this.request = request;
            this.maxBody = maxBody;
            this.in = request.getInputStream();
            this.announced = request.getContentLengthLong();
            this.refused = refused;
        }

        /** Whether all of it came with the headers, or there is none; what came is read, without waiting. */
        boolean isHere() throws IOException {
            if (announced > SMALL || (announced < 0 && request.getHeader("Transfer-Encoding") != null)) {
                return false;
            }
            bytes = new byte[Math.max(0, (int) announced)];
            // says that there is something, not how much (Tomcat)
            while (seen < bytes.length && in.available() > 0) {
                seen += Math.max(0, in.read(bytes, (int) seen, bytes.length - (int) seen));
            }
            if (seen < bytes.length) {
                return false;
            }
            publish();
            return true;
        }

        void collect(AsyncContext context) {
            async = context;
            context.addListener(this);
            in.setReadListener(this);
        }

        @Override
        public void onDataAvailable() throws IOException {
            byte[] chunk = new byte[8 * 1024];
            while (in.isReady() && !in.isFinished() && seen <= MOST_DRAINED) {
                int count = in.read(chunk);
                if (count > 0) {
                    take(chunk, count);
                }
            }
            if (seen > MOST_DRAINED) {
                finish();
            }
        }

        private void take(byte[] chunk, int count) {
            int before = (int) Math.min(seen, maxBody);
            seen += count;
            if (seen > maxBody) {
                // said also of a delivery that is refused for what its headers say
                refuse(new RefusedException(Refusal.TOO_LARGE, "more than " + maxBody + " bytes"));
            }
            if (refused != null) {
                return;
            }
            if (seen > bytes.length && !grow((int) seen)) {
                refuse(new RefusedException(
                        Refusal.TOO_MANY_LARGE, "no room for more than " + bytes.length + " bytes of another body"));
                return;
            }
            System.arraycopy(chunk, 0, bytes, before, count);
        }

        private boolean grow(int needed) {
            int wanted = Math.max(needed, Math.min(2 * bytes.length, announced > 0 ? (int) announced : maxBody));
            if (wanted > SMALL) {
                if (!large.tryAcquire(wanted - permits)) {
                    return false;
                }
                permits = wanted;
            }
            bytes = Arrays.copyOf(bytes, wanted);
            return true;
        }

        private void refuse(RefusedException why) {
            refused = why;
            bytes = new byte[0];
            release();
        }

        private void release() {
            large.release(permits);
            permits = 0;
        }

        private void publish() {
            if (refused == null) {
                request.setAttribute(BODY, bytes.length == seen ? bytes : Arrays.copyOf(bytes, (int) seen));
            } else {
                request.setAttribute(REFUSED, refused);
            }
        }

        private void finish() {
            publish();
            AsyncContext context = async;
            async = null;
            if (context != null) {
                context.dispatch();
            }
        }

        @Override
        public void onAllDataRead() {
            finish();
        }

        /** The connection has broken: nobody reads the answer, but it is counted. */
        @Override
        public void onError(Throwable failure) {
            if (refused == null) {
                refuse(new RefusedException(Refusal.CUT_OFF, String.valueOf(failure.getMessage())));
            }
            finish();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            refuse(new RefusedException(
                    Refusal.CUT_OFF, seen + " bytes came in " + DEADLINE.toSeconds() + " s, and not all"));
            finish();
        }

        @Override
        public void onError(AsyncEvent event) {
            release();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            release();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
