package org.manusroutes.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTests {
    @Test
    void takesTheRatioRoundByRound() {
        List<Double> baseline = List.of(100.0, 50.0, 200.0);
        List<Double> ours = List.of(200.0, 150.0, 200.0);

        assertThat(Figures.ratio(ours, baseline, value -> value)).isEqualTo("2.00 x (1.00-3.00)");
        assertThat(Figures.ratio(baseline, baseline, value -> value)).isEqualTo("1");
    }

    @Test
    void takesTheMedianOfAnEvenNumber() {
        assertThat(Figures.median(4, 1, 3, 100)).isEqualTo(3.5);
    }

    @Test
    void readsQuantilesFromTheSlowerSide() {
        long[] times = new long[100];
        for (int i = 0; i < times.length; i++) {
            times[i] = (i + 1) * 1_000_000L;
        }
        Load.Result result = new Load.Result(100, 1, times, 100, 0, Map.of());

        assertThat(result.millis(0.5)).isEqualTo(50);
        assertThat(result.millis(0.99)).isEqualTo(99);
        assertThat(result.millis(1)).isEqualTo(100);
    }

    @Test
    void alignsATableThatMarkdownReads() {
        String table = new Report.Table("", "a second").row("ours", "12").aligned();

        assertThat(table.lines()).containsExactly("|      | a second |", "| ---- | -------: |", "| ours |       12 |");
    }
}
