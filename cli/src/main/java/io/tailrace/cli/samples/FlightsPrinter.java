package io.tailrace.cli.samples;

import io.tailrace.cli.console.Table;
import io.tailrace.samples.flights.AirportDay;
import io.tailrace.samples.flights.FlightsReport;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a person sees of a run of the flights pipeline. */
final class FlightsPrinter {
    private static final int WORST = 10;
    private static final int MIN_FLIGHTS = 50;

    private FlightsPrinter() {}

    /** The ten airport-days with the highest mean delay, of those with at least 50 flights. */
    static void printWorstDays(PrintWriter out, List<AirportDay> days) {
        Table table = new Table("day", "origin", "city", "state", ">flights", ">delayed", ">mean delay");
        // The sort is stable: days with the same mean stay in the order of days.
        days.stream()
                .filter(day -> day.flights() >= MIN_FLIGHTS)
                .sorted(Comparator.comparingDouble(AirportDay::meanDelay).reversed())
                .limit(WORST)
                .forEach(day -> table.row(
                        day.day().toString(),
                        day.origin(),
                        day.city(),
                        day.state(),
                        number(day.flights()),
                        number(day.delayed()),
                        String.format(Locale.ROOT, "%.1f min", day.meanDelay())));
        table.print(out);
    }

    /** How much went in and out, and how fast. */
    static void printNumbers(PrintWriter out, FlightsReport report) {
        out.println("records in " + number(report.in()) + ", rejected " + number(report.rejected()) + ", out "
                + number(report.out()));
        printSpeed(out, "load", report.loaded(), report.loadTime());
        printSpeed(out, "processing", report.in(), report.processTime());
    }

    private static void printSpeed(PrintWriter out, String step, long records, Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (records == 0) {
            out.printf(Locale.ROOT, "%-10s  nothing new%n", step);
        } else {
            out.printf(
                    Locale.ROOT,
                    "%-10s  %6.2f s  %,10.0f records/s%n",
                    step,
                    seconds,
                    records / Math.max(seconds, 1e-9));
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
