package io.tailrace.samples.flights;

import java.time.Duration;
import java.util.List;

/**
 * What a run of the pipeline did.
 *
 * @param days the result: every airport-day of everything that was ever loaded, by day, then by airport
 * @param loaded lines that this run loaded; 0 when the file was loaded before
 * @param in records of topic {@code flights} that this run processed
 * @param rejected records that this run added to topic {@code flights-rejected}
 * @param out records that this run added to topic {@code airport-days}
 */
public record FlightsReport(
        List<AirportDay> days, long loaded, Duration loadTime, long in, long rejected, long out, Duration processTime) {
    public FlightsReport {
        days = List.copyOf(days);
    }
}
