package io.tailrace.benchmarks.streams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One thing to be measured, in a JVM of its own.
 *
 * @param name what is measured
 * @param keys how many there are
 * @param distribution of keys, {@code uniform} or {@code zipf} (exponent 0.99)
 * @param guarantee as {@code processing.guarantee}
 * @param cacheMiB of {@code statestore.cache.max.bytes}; negative for the default
 * @param records of one repetition
 */
record Measurement(
        String name,
        long keys,
        String distribution,
        String guarantee,
        int cacheMiB,
        long records,
        int warmups,
        int repetitions) {
    private static final String EXACTLY = "exactly_once_v2";
    private static final String AT_LEAST = "at_least_once";

    /** What is measured; a short list shows that it works. */
    static List<Measurement> plan(boolean isShort) {
        long unit = isShort ? 1_000 : 100_000;
        List<Measurement> plan = new ArrayList<>();
        for (String guarantee : List.of(EXACTLY, AT_LEAST)) {
            plan.add(new Measurement("count", unit, "zipf", guarantee, 64, 40 * unit, 2, 5));
            plan.add(new Measurement("count", unit, "uniform", guarantee, 64, 40 * unit, 2, 5));
        }
        plan.add(new Measurement("count", unit, "zipf", EXACTLY, -1, 40 * unit, 2, 5));
        plan.add(new Measurement("count", unit, "zipf", EXACTLY, 0, 20 * unit, 1, 3));
        plan.add(new Measurement("windowed-count", unit, "zipf", EXACTLY, 64, 40 * unit, 2, 5));
        plan.add(new Measurement("windowed-count", unit, "uniform", EXACTLY, 64, 40 * unit, 2, 5));
        plan.add(new Measurement("count", 100 * unit, "zipf", EXACTLY, 64, 100 * unit, 0, 1));
        plan.add(new Measurement("count", 100 * unit, "uniform", EXACTLY, 64, 100 * unit, 0, 1));
        plan.add(new Measurement("commit", unit, "uniform", EXACTLY, 64, unit, 1, 5));
        plan.add(new Measurement("restore", 20 * unit, "uniform", EXACTLY, 64, 20 * unit, 1, 3));
        plan.add(new Measurement("restart", 100 * unit, "uniform", EXACTLY, 64, 100 * unit, 0, 3));
        return plan;
    }

    String title() {
        return String.format(
                Locale.ROOT,
                "%s %,d keys %s %s cache %s",
                name,
                keys,
                distribution,
                guarantee,
                cacheMiB < 0 ? "default" : cacheMiB + " MiB");
    }

    String[] toArguments() {
        return new String[] {
            name,
            Long.toString(keys),
            distribution,
            guarantee,
            Integer.toString(cacheMiB),
            Long.toString(records),
            Integer.toString(warmups),
            Integer.toString(repetitions)
        };
    }

    static Measurement parse(List<String> arguments) {
        return new Measurement(
                arguments.get(0),
                Long.parseLong(arguments.get(1)),
                arguments.get(2),
                arguments.get(3),
                Integer.parseInt(arguments.get(4)),
                Long.parseLong(arguments.get(5)),
                Integer.parseInt(arguments.get(6)),
                Integer.parseInt(arguments.get(7)));
    }

    Map<String, Object> params() {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("keys", keys);
        params.put("distribution", distribution);
        params.put("guarantee", guarantee);
        params.put("cacheMiB", cacheMiB < 0 ? "default" : cacheMiB);
        params.put("records", records);
        return params;
    }
}
