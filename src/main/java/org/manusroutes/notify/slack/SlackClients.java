package org.manusroutes.notify.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** Makes the SDK's client: bounded in time, and sending a message at most once a call. */
final class SlackClients {
    static final Duration CONNECT = Duration.ofSeconds(5);
    static final Duration READ = Duration.ofSeconds(10);
    /** From the first look-up to the last byte of the answer. */
    static final Duration CALL = Duration.ofSeconds(20);

    private SlackClients() {}

    /** @param apiUrl up to and with {@code /api/} */
    static Slack client(String apiUrl) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(apiUrl);
        // its statistics start a thread of their own for figures that nobody reads here
        config.setStatsEnabled(false);
        SlackHttpClient http = new SlackHttpClient(SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .connectTimeout(CONNECT)
                .readTimeout(READ)
                .writeTimeout(READ)
                .callTimeout(CALL)
                .addInterceptor(new OneShot())
                .build());
        return Slack.getInstance(config, http);
    }

    /**
     * Keeps OkHttp from posting a message again by itself when the connection breaks before the answer came: Slack may
     * have it already. Other addresses of the host are still tried while nothing has been sent.
     */
    private static final class OneShot implements Interceptor {
        @Override
        public Response intercept(Chain chain) throws IOException {
            Request request = chain.request();
            RequestBody body = request.body();
            return chain.proceed(
                    body == null
                            ? request
                            : request.newBuilder()
                                    .method(request.method(), new OneShotBody(body))
                                    .build());
        }
    }

    private static final class OneShotBody extends RequestBody {
        private final RequestBody body;

        OneShotBody(RequestBody body) {
            this.body = body;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() throws IOException {
            return body.contentLength();
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            body.writeTo(sink);
        }
    }
}
