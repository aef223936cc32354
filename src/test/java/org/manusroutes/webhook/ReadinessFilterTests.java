package org.manusroutes.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.manusroutes.webhook.WebhookProperties.SignatureMode;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

class ReadinessFilterTests {
    private final ReadinessFilter filter = new ReadinessFilter(new WebhookProperties(
            "/hook",
            "",
            SignatureMode.REQUIRED,
            "",
            Duration.ofMinutes(5),
            DataSize.ofMegabytes(2),
            List.of(),
            List.of(),
            false));

    @Test
    void answers503UntilTheDoorIsOpen() throws Exception {
        MockHttpServletResponse response = deliver("/hook");
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("5");
        assertThat(response.getHeader("Connection")).isEqualTo("close");
        assertThat(response.getContentAsString()).isEqualTo("{\"error\":\"the receiver is starting or stopping\"}");
    }

    @Test
    void letsDeliveriesInWhileTheDoorIsOpen() throws Exception {
        filter.open();
        assertThat(deliver("/hook").getStatus()).isEqualTo(204);
    }

    @Test
    void answers503AfterTheDoorWasClosed() throws Exception {
        filter.open();
        filter.close();
        assertThat(deliver("/hook").getStatus()).isEqualTo(503);
    }

    @Test
    void leavesOtherPathsAlone() throws Exception {
        assertThat(deliver("/actuator/health").getStatus()).isEqualTo(204);
    }

    /** What is let in is answered with 204. */
    private MockHttpServletResponse deliver(String path) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(new MockHttpServletRequest("POST", path), response, new MockFilterChain(new HttpServlet() {
            @Override
            public void service(ServletRequest request, ServletResponse answer) {
                response.setStatus(204);
            }
        }));
        return response;
    }
}
