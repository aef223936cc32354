package org.manusroutes.bundle.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.manusroutes.bundle.Bundle;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Beans that route files define: one set for each version, made in the order of need, closed in the other. */
@ExtendWith(OutputCaptureExtension.class)
class FileBeansTests {
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        Pool.log.clear();
        camel.disableJMX();
        camel.getPropertiesComponent().addInitialProperty("acme.url", "jdbc:acme");
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private static Bundle beans(String text) {
        return Bundle.ofTexts(Map.of("beans.camel.yaml", text));
    }

    @Test
    void areMadeInTheOrderOfNeedAndClosedInTheOther() {
        Bundle bundle = beans("""
                - beans:
                    - name: reader
                      type: "#class:org.manusroutes.bundle.camel.Pool$Reader"
                      properties:
                        pool: "#bean:second"
                    - name: first
                      type: org.manusroutes.bundle.camel.Pool
                      initMethod: connect
                      properties:
                        url: "{{acme.url}}"
                    - name: second
                      type: org.manusroutes.bundle.camel.Pool
                      destroyMethod: close
                      constructors:
                        0: "{{acme.url}}"
                        1: sa
                """);
        FileBeans made = FileBeans.make(camel, bundle, false);
        Pool.Reader reader = camel.getRegistry().lookupByNameAndType("reader", Pool.Reader.class);
        assertThat(reader.getPool()).isSameAs(camel.getRegistry().lookupByName("second"));
        made.close();
        assertThat(Pool.log)
                .containsExactly(
                        "new jdbc:acme?sa", "new", "connect jdbc:acme", "close jdbc:acme", "close jdbc:acme?sa");
    }

    @Test
    void areNamedWhenTheyLeaveThreadsBehind(CapturedOutput output) {
        FileBeans made = FileBeans.make(camel, beans("""
                - beans:
                    - name: ends
                      type: java.util.Timer
                      destroyMethod: cancel
                      constructors:
                        0: "ends"
                        1: "true"
                    - name: stays
                      type: java.util.Timer
                      constructors:
                        0: "the timer that stays"
                        1: "true"
                """), false);
        made.close();
        assertThat(output)
                .contains("The bean 'stays' has left threads behind", "[the timer that stays]")
                .doesNotContain("The bean 'ends' has left");
    }

    @Test
    void leaveNothingWhenOneCannotBeMade() {
        Bundle bundle = beans("""
                - beans:
                    - name: good
                      type: org.manusroutes.bundle.camel.Pool
                    - name: bad
                      type: org.manusroutes.bundle.camel.Pool
                      properties:
                        url: refused
                """);
        assertThatThrownBy(() -> FileBeans.make(camel, bundle, false))
                .isInstanceOfSatisfying(
                        BeanNotMadeException.class,
                        e -> assertThat(e.place().line()).isEqualTo(4))
                .hasMessageContaining("the bean 'bad' cannot be made")
                .hasMessageContaining("no driver for refused");
        assertThat(Pool.log).contains("close ");
    }

    @Test
    void areStandInsInADryRunWhenTheyMayConnect() {
        Bundle bundle = beans("""
                - beans:
                    - name: pool
                      type: org.manusroutes.bundle.camel.Pool
                      initMethod: connect
                    - name: warehouse
                      type: com.zaxxer.hikari.HikariDataSource
                      properties:
                        jdbcUrl: jdbc:nothing
                    - name: reader
                      type: org.manusroutes.bundle.camel.Pool$Reader
                      properties:
                        pool: "#pool"
                """);
        FileBeans made = FileBeans.make(camel, bundle, true);
        assertThat(camel.getRegistry().lookupByNameAndType("warehouse", DataSource.class))
                .isNotNull();
        assertThatThrownBy(() -> camel.getRegistry()
                        .lookupByNameAndType("warehouse", DataSource.class)
                        .getConnection())
                .hasMessageContaining("a dry run makes no connection");
        assertThat(camel.getRegistry()
                        .lookupByNameAndType("reader", Pool.Reader.class)
                        .getPool())
                .isInstanceOf(Pool.class);
        made.close();
        assertThat(Pool.log).isEmpty();
    }
}
