package org.manusroutes.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTests {
    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://manus:s3cret@db/manus, jdbc:postgresql://***@db/manus",
        "jdbc:postgresql://db/manus?user=manus&password=s3cret&ssl=true, "
                + "jdbc:postgresql://db/manus?user=manus&password=***&ssl=true",
        "jdbc:h2:file:./x;PASSWORD=s3cret;MODE=PostgreSQL, jdbc:h2:file:./x;PASSWORD=***;MODE=PostgreSQL",
        "https://example.org/a:b@c, https://example.org/a:b@c",
        "failed invoking https://x.example/flow?api-version=1&sig=s3cret&sv=1.0 with 500, "
                + "failed invoking https://x.example/flow?api-version=1&sig=***&sv=1.0 with 500",
        "https://b.s3.amazonaws.com/k?X-Amz-Credential=AK&X-Amz-Signature=s3cret, "
                + "https://b.s3.amazonaws.com/k?X-Amz-Credential=***&X-Amz-Signature=***",
        "https://x.example/?api_key=s3cret&client_secret=s3cret&monkey=1&object=key, "
                + "https://x.example/?api_key=***&client_secret=***&monkey=1&object=key",
        "no secret at all, no secret at all"
    })
    void masksPasswordsInUrls(String text, String masked) {
        assertThat(Secrets.masked(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Authorization", "proxy-authorization", "Cookie", "X-Api-Key", "apiKey", "x-auth-token", "key"})
    void masksTheValuesOfSecretHeaders(String name) {
        assertThat(Secrets.value(name, "s3cret")).isEqualTo("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "monkey", "X-Request-Id", "eventKeyword"})
    void showsAllOthers(String name) {
        assertThat(Secrets.value(name, "v")).isEqualTo("v");
    }

    @Test
    void showsNoKeyThatWasGivenInsteadOfItsPath() {
        assertThat(Secrets.path("/etc/key.pem")).isEqualTo("/etc/key.pem");
        assertThat(Secrets.path("-----BEGIN PRIVATE KEY-----MII")).doesNotContain("MII");
        assertThat(Secrets.path("MII".repeat(300))).doesNotContain("MII");
    }
}
