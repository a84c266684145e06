package io.tailrace.benchmarks.streams;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What a measurement found.
 *
 * @param values one for each repetition
 * @param unit of the values
 * @param details further numbers by name
 */
record Outcome(List<Double> values, String unit, Map<String, Double> details) {
    double min() {
        return Collections.min(values);
    }

    double max() {
        return Collections.max(values);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
