package org.manusroutes.bundle.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manusroutes.bundle.Bundle;
import org.manusroutes.bundle.FolderCopy;
import org.manusroutes.bundle.Problem;
import org.manusroutes.cli.CommandBeans;
import org.springframework.context.ConfigurableApplicationContext;

/** What is said of beans in files, and of the settings of components. */
class BeanCheckTests {
    private static final String POOL = "org.manusroutes.bundle.camel.Pool";

    @TempDir
    private Path folder;

    private List<String> check(String beans, Map<String, Object> settings) throws Exception {
        FolderCopy.mirror(Path.of("routes"), folder);
        Files.writeString(folder.resolve("warehouse.camel.yaml"), beans);
        try (ConfigurableApplicationContext context = CommandBeans.open(settings)) {
            return new BundleCheck(context)
                    .check(Bundle.read(folder)).stream().map(Problem::toString).toList();
        }
    }

    @Test
    void findsNothingInBeansThatCanBeMade() throws Exception {
        assertThat(check("""
                        - beans:
                            - name: warehouse
                              type: com.zaxxer.hikari.HikariDataSource
                              properties:
                                jdbcUrl: "{{spring.datasource.url}}"
                                dataSourceProperties:
                                  ssl: "true"
                            - name: pool
                              type: "#class:org.manusroutes.bundle.camel.Pool"
                              initMethod: connect
                              constructors:
                                0: a
                                1: b
                            - name: reader
                              type: org.manusroutes.bundle.camel.Pool$Reader
                              properties:
                                pool: "#pool"
                        - route:
                            id: warehouse
                            routeConfigurationId: error-handling
                            description: A row in the warehouse
                            from:
                              uri: timer
                              parameters:
                                timerName: w
                              steps:
                                - to:
                                    uri: sql
                                    parameters:
                                      query: select 1
                                      dataSource: "#warehouse"
                        """, Map.of())).isEmpty();
    }

    @Test
    void findsNothingInAFileOfBeansAlone() throws Exception {
        assertThat(check("- beans:\n    - name: pool\n      type: " + POOL + "\n", Map.of()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type: com.acme.Pool                                    | 3:13: the class com.acme.Pool is missing
            type: java.util.List                                   | 3:13: java.util.List is an interface
            constructors: {0: a}                                   | 4:21: Pool has no public constructor that takes 1 values; 'constructors' may give 0 or 2
            properties: {ulr: a}                                   | 4:25: Pool has no property 'ulr' (did you mean 'url'?)
            properties: {url: '{{no.such.key}}'}                   | 4:25: there is no setting 'no.such.key'
            properties: {url: '#nobody'}                           | 4:19: there is no bean 'nobody'
            properties: {url: '#pool'}                             | 2:7: the bean 'pool' is made of itself
            initMethod: conect                                     | 4:19: Pool has no method 'conect' (did you mean 'connect'?)
            initMehod: connect                                     | 4:7: unknown option 'initMehod' of 'beans' (did you mean 'initMethod'?)
            name: steps                                            | 2:13: 'steps' is a bean of the application
            """)
    void saysWhatIsWrongWithABeanAndWhere(String line, String said) throws Exception {
        String name = line.startsWith("name") ? line : "name: pool";
        String type = line.startsWith("type") ? line : "type: " + POOL;
        String more = line.matches("(name|type).*") ? "" : "      " + line + "\n";
        assertThat(check("- beans:\n    - " + name + "\n      " + type + "\n" + more, Map.of()))
                .anySatisfy(problem -> assertThat(problem).startsWith("warehouse.camel.yaml:" + said));
    }

    @Test
    void namesASecondBeanOfTheSameName() throws Exception {
        String twice = "    - name: pool\n      type: " + POOL + "\n";
        assertThat(check("- beans:\n" + twice + twice, Map.of()))
                .singleElement()
                .asString()
                .contains("4:13: there is a bean 'pool' already, in warehouse.camel.yaml:2");
    }

    @Test
    void namesAClassThatIsReferredToAndMissing() throws Exception {
        assertThat(check("""
                        - route:
                            id: warehouse
                            routeConfigurationId: error-handling
                            description: x
                            from:
                              uri: timer
                              parameters:
                                timerName: w
                              steps:
                                - bean:
                                    ref: "#class:com.acme.Words"
                        """, Map.of()))
                .singleElement()
                .asString()
                .startsWith("warehouse.camel.yaml:11:18: the class com.acme.Words is missing");
    }

    @Test
    void checksTheSettingsOfComponentsDataFormatsAndLanguages(@TempDir Path elsewhere) throws Exception {
        Path settings = elsewhere.resolve("application.yaml");
        Files.writeString(settings, """
                camel:
                  component:
                    http:
                      cookie-store: "#cookies"
                      follow-redirekts: true
                      connections-per-route: many
                    amqp:
                      nothing-of-it: is-installed
                  dataformat:
                    jackson:
                      pretty-print: maybe
                  language:
                    simple:
                      trim: true
                """);
        FolderCopy.mirror(Path.of("routes"), folder);
        try (ConfigurableApplicationContext context =
                CommandBeans.open(Map.of("spring.config.additional-location", "file:" + settings))) {
            assertThat(new BundleCheck(context)
                            .check(Bundle.read(folder)).stream().map(Problem::toString))
                    .hasSize(4)
                    .satisfiesExactlyInAnyOrder(
                            problem -> assertThat(problem)
                                    .startsWith(settings + ":5:25: 'camel.component.http.followRedirekts'")
                                    .endsWith("(did you mean 'followRedirects'?)"),
                            problem -> assertThat(problem)
                                    .startsWith(settings
                                            + ":6:30: 'camel.component.http.connectionsPerRoute' takes a number"),
                            problem -> assertThat(problem)
                                    .startsWith(settings
                                            + ":11:21: 'camel.dataformat.jackson.prettyPrint' is true or false"),
                            problem -> assertThat(problem)
                                    .startsWith(settings + ":14:13: 'camel.language.simple.trim' cannot be set"));
        }
    }
}
