package org.manusroutes.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Medians, and ratios taken round by round. */
final class Figures {
    private Figures() {}

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static <T> String median(List<T> runs, String format, ToDoubleFunction<T> figure) {
        return Report.format(format, median(runs.stream().mapToDouble(figure).toArray()));
    }

    /** The median of the rounds' ratios and, with more than one round, their span. */
    static <T> String ratio(List<T> runs, List<T> baseline, ToDoubleFunction<T> figure) {
        double[] ratios = IntStream.range(0, runs.size())
                .mapToDouble(i -> figure.applyAsDouble(runs.get(i)) / figure.applyAsDouble(baseline.get(i)))
                .sorted()
                .toArray();
        if (runs == baseline) {
            return "1";
        }
        String median = Report.format("%.2f x", median(ratios));
        return ratios.length == 1
                ? median
                : median + Report.format(" (%.2f-%.2f)", ratios[0], ratios[ratios.length - 1]);
    }
}
