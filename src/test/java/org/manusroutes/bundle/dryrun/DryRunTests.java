package org.manusroutes.bundle.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.dryrun.DryRun.Trace;
import org.manusroutes.cli.CommandBeans;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
class DryRunTests {
    static final AtomicInteger called = new AtomicInteger();

    /** A step of somebody's own that reaches outside. */
    public static class Outward {
        public void call() {
            called.incrementAndGet();
        }
    }

    @Test
    void neitherWaitsNorFetchesNorLogsNorCallsWhatItDoesNotKnow(CapturedOutput output) throws Exception {
        Bundle bundle = Bundle.ofTexts(Map.of("dispatch-event.camel.yaml", """
                - route:
                    id: dispatch-event
                    from:
                      uri: direct
                      parameters:
                        name: dispatch-event
                      steps:
                        - delay:
                            id: an-hour
                            expression:
                              constant:
                                expression: "3600000"
                        - log:
                            id: said
                            message: this did not happen
                        - pollEnrich:
                            id: fetched
                            expression:
                              constant:
                                expression: file:nowhere
                        - bean:
                            id: called
                            beanType: org.manusroutes.bundle.dryrun.DryRunTests$Outward
                            method: call
                        - to:
                            id: posted
                            uri: http
                            parameters:
                              httpUri: http://127.0.0.1:1/nobody
                """));
        try (ConfigurableApplicationContext beans = CommandBeans.open();
                DryRun dryRun = new DryRun(beans, bundle, true)) {
            Trace trace = dryRun.run(SampleEvent.of(Map.of("event_id", "e", "event_type", "task_created")));
            assertThat(trace.failure()).isNull();
            assertThat(trace.effects())
                    .extracting(DryRun.Effect::step, DryRun.Effect::kind)
                    .containsExactly(tuple("called", "bean"), tuple("posted", "http"));
        }
        assertThat(called).hasValue(0);
        assertThat(output).doesNotContain("this did not happen");
    }
}
