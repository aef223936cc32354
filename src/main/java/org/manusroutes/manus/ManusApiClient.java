package org.manusroutes.manus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.json.Jackson2ObjectMapperBuilder;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.util.StringUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Makes the client of the Manus API: short time-outs, no redirects that would carry the key elsewhere. */
public final class ManusApiClient {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private ManusApiClient() {}

    /**
     * A client with the usual time-outs.
     *
     * @throws IllegalStateException without a key
     */
    public static ManusApi connect(ManusApiProperties properties) {
        return connect(properties, READ_TIMEOUT);
    }

    /**
     * As {@link #connect(ManusApiProperties)}, for callers with more patience: a registration alone may wait ten
     * seconds for the receiver to answer its test (docs/manus-api.md, Registration).
     */
    public static ManusApi connect(ManusApiProperties properties, Duration readTimeout) {
        String key = properties.key();
        if (key == null) {
            throw new IllegalStateException("manus.api.key is not set (in the environment: MANUS_API_KEY)");
        }
        ApiCalls reach = new ApiCalls(properties.baseUrl());
        return switch (properties.version()) {
            case V1 -> new V1Api(exchange(V1Exchange.class, properties, "API_KEY", key, readTimeout), reach);
            case V2 -> new V2Api(exchange(V2Exchange.class, properties, "x-manus-api-key", key, readTimeout), reach);
        };
    }

    private static <T> T exchange(
            Class<T> type, ManusApiProperties properties, String keyHeader, String key, Duration readTimeout) {
        ObjectMapper json = json();
        RestClient client = RestClient.builder()
                .baseUrl(StringUtils.trimTrailingCharacter(properties.baseUrl().toString(), '/'))
                .defaultHeader(keyHeader, key)
                .requestFactory(new BufferingClientHttpRequestFactory(requests(readTimeout)))
                .defaultStatusHandler(new ApiErrors(json))
                .messageConverters(List.of(new MappingJackson2HttpMessageConverter(json)))
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(type);
    }

    private static JdkClientHttpRequestFactory requests(Duration readTimeout) {
        HttpClient http = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        var requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(readTimeout);
        return requests;
    }

    /** Unknown fields are ignored, absent ones are not sent. */
    private static ObjectMapper json() {
        return Jackson2ObjectMapperBuilder.json()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .build();
    }
}
