package org.manusroutes.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manusroutes.doctor.Finding;
import org.manusroutes.doctor.Finding.Level;
import org.manusroutes.standins.ApiStandIn;
import org.manusroutes.standins.HeldPort;

class ClockCheckTests {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({
        "0,    OK,   as that of the Manus API",
        "20,   OK,   as that of the Manus API",
        "120,  WARN, ahead of that of the Manus API",
        "-120, WARN, behind that of the Manus API",
        "600,  FAIL, ahead of that of the Manus API",
        "-600, FAIL, behind that of the Manus API"
    })
    void saysHowFarTheClockIsOff(int seconds, Level level, String words) throws Exception {
        try (ApiStandIn api = ApiStandIn.start()) {
            Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds));
            assertThat(new ClockCheck(URI.create(api.url("/")), TOLERANCE, clock).run())
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.level()).isEqualTo(level);
                        assertThat(finding.found()).contains(words);
                    });
        }
    }

    @Test
    void comparesWithNothingWithoutAnAnswer() throws Exception {
        try (HeldPort nobody = HeldPort.take()) {
            URI api = URI.create("http://127.0.0.1:" + nobody.number());
            assertThat(new ClockCheck(api, TOLERANCE, Clock.systemUTC()).run())
                    .containsExactly(Finding.warn(
                            "clock",
                            "compared with nothing: the Manus API gives no answer",
                            "see that NTP keeps the clock right"));
        }
        assertThat(new ClockCheck(null, TOLERANCE, Clock.systemUTC()).run())
                .isEqualTo(List.of(Finding.off("clock", "compared with nothing (manus.api.key is not set)")));
    }
}
