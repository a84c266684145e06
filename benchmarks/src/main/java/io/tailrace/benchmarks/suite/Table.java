package io.tailrace.benchmarks.suite;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The results, for people. */
final class Table {
    private static final String ROW = "%-36s %-10s %12s %12s %12s  %-9s %10s  %s%n";

    private Table() {}

    static void print(List<Result> results, PrintStream out) {
        out.printf(Locale.ROOT, ROW, "measurement", "contender", "min", "median", "max", "unit", "CPU s/M", "details");
        String last = "";
        for (Result result : results) {
            String title = result.job().title();
            out.printf(
                    Locale.ROOT,
                    ROW,
                    title.equals(last) ? "" : title,
                    result.job().contender(),
                    number(result.min()),
                    number(result.median()),
                    number(result.max()),
                    result.unit(),
                    result.cpuSecondsPerMillionRecords() < 0
                            ? ""
                            : String.format(Locale.ROOT, "%.3f", result.cpuSecondsPerMillionRecords()),
                    details(result));
            last = title;
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 1_000 ? "%,.2f" : "%,.0f", value);
    }

    private static String details(Result result) {
        StringBuilder text = new StringBuilder();
        result.details()
                .forEach((name, value) ->
                        text.append(name).append('=').append(number(value)).append(' '));
        return text.toString().strip();
    }
}
