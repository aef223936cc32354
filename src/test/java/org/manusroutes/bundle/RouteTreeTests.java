package org.manusroutes.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTreeTests {
    @ParameterizedTest
    @ValueSource(ints = {300, 5_000, 100_000})
    void refusesWhatIsNestedTooDeepToBeRead(int depth) {
        List<Problem> problems = new ArrayList<>();
        String text = "- route:\n    id: deep\n    from: " + "[".repeat(depth) + "]".repeat(depth) + "\n";
        RouteFile file = RouteFile.of("deep.camel.yaml", text.getBytes(StandardCharsets.UTF_8));

        assertThat(RouteTree.read(file, problems::add)).isNull();
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("deep.camel.yaml:3:")
                        .contains("nested more than 200 levels deep"));
    }
}
