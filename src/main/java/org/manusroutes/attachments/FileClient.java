package org.manusroutes.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client that asks for files: it brings nothing along (no cookie, no credentials, no proxy), follows nothing
 * by itself, leaves the bytes as they come, and reads no more of an answer's head than an honest host sends.
 */
final class FileClient {
    /** More than there are workers, so that none waits for a connection. */
    private static final int CONNECTIONS = 256;

    /** Bytes of a line and lines of a head, trailers included; servers' own limits are about the same. */
    private static final Http1Config HEAD = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(200)
            .build();

    private static final int MOST_INTERIM_ANSWERS = 20;

    private FileClient() {}

    static CloseableHttpClient open(Duration connectTimeout, Duration readTimeout, DnsResolver resolver) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEAD)
                        .responseParserFactory(config -> new HeadParser())
                        .build())
                .setDnsResolver(resolver)
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connectTimeout))
                        .setSocketTimeout(Timeout.of(readTimeout))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(1))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(readTimeout))
                        .setResponseTimeout(Timeout.of(readTimeout))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setUserAgent("manus-webhook-routes")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableAutomaticRetries()
                .build();
    }

    /** One for each connection; ends one that has nothing but interim answers (RFC 9110, 15.2) to give. */
    private static final class HeadParser extends DefaultHttpResponseParser {
        private int interim;

        HeadParser() {
            super(HEAD);
        }

        @Override
        public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in) throws IOException, HttpException {
            ClassicHttpResponse response = super.parse(buffer, in);
            interim = response.getCode() < 200 ? interim + 1 : 0;
            if (interim > MOST_INTERIM_ANSWERS) {
                throw new MessageConstraintException("more than " + MOST_INTERIM_ANSWERS + " interim answers");
            }
            return response;
        }
    }
}
