package io.tailrace.benchmarks.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Worker} found.
 *
 * @param values one for each repetition
 * @param unit of the values
 * @param cpuSecondsPerMillionRecords all processes of the contender together; negative when records are not what is counted
 * @param details further numbers by name, for example percentiles
 */
record Result(
        Job job, List<Double> values, String unit, double cpuSecondsPerMillionRecords, Map<String, Double> details) {

    double min() {
        return Collections.min(values);
    }

    double max() {
        return Collections.max(values);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** One JSON object. */
    Map<String, Object> toMap(Map<String, Object> machine) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", job.name());
        map.put("contender", job.contender());
        map.put("params", job.params());
        map.put("repetitions", values.size());
        map.put("unit", unit);
        map.put("min", min());
        map.put("median", median());
        map.put("max", max());
        map.put("values", values);
        if (cpuSecondsPerMillionRecords >= 0) {
            map.put("cpuSecondsPerMillionRecords", cpuSecondsPerMillionRecords);
        }
        if (!details.isEmpty()) {
            map.put("details", details);
        }
        map.put("machine", machine);
        return map;
    }
}
