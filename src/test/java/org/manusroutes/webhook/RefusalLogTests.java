package org.manusroutes.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusalLogTests {
    private final RefusalLog log = new RefusalLog();

    @Test
    void saysTheFirstOfEachReasonAndCountsTheOthers(CapturedOutput output) {
        for (int i = 0; i < 1_000; i++) {
            log.refused(Refusal.SIGNATURE_WRONG, "delivery " + i);
        }
        log.refused(Refusal.SOURCE, "from 192.0.2.7");
        assertThat(output.getOut().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("Refused a delivery with 401: SIGNATURE_WRONG (delivery 0)"))
                .anyMatch(line -> line.contains("Refused a delivery with 403: SOURCE (from 192.0.2.7)"));
        log.everyMinute();
        assertThat(output).contains("Refused 999 more deliveries in the last minute with 401: SIGNATURE_WRONG");
        log.refused(Refusal.SIGNATURE_WRONG, "another minute");
        assertThat(output).contains("(another minute)");
    }

    @Test
    void tellsARequestOfSlackFromADelivery(CapturedOutput output) {
        for (int i = 0; i < 3; i++) {
            log.refused(Refusal.SIGNATURE_WRONG, "delivery " + i);
            log.refused(RefusalLog.Kind.SLACK, Refusal.SIGNATURE_WRONG, "button " + i);
        }
        log.everyMinute();
        assertThat(output.getOut().lines())
                .hasSize(4)
                .anyMatch(line -> line.contains("Refused a request of Slack with 401: SIGNATURE_WRONG (button 0)"))
                .anyMatch(line -> line.contains("Refused 2 more requests of Slack in the last minute with 401"))
                .anyMatch(line -> line.contains("Refused 2 more deliveries in the last minute with 401"));
    }

    @Test
    void isQuietWhenNothingWasRefused(CapturedOutput output) {
        log.everyMinute();
        assertThat(output.getOut()).isEmpty();
    }

    @Test
    void writesOneShortLineWhateverWasSent(CapturedOutput output) {
        log.refused(Refusal.MEDIA_TYPE, "Content-Type is \r\n\u001b[31m\u202e\u0085" + "x".repeat(7_000));
        assertThat(output.getOut().lines())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).doesNotContain("\u001b", "\u202e").hasSizeLessThan(600));
    }
}
