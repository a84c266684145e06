package io.tailrace.samples.flights;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;

/**
 * A result: one airport on one day (UTC). The numbers are those of {@link DayStats}.
 *
 * @param origin code of the airport
 */
public record AirportDay(
        LocalDate day, String origin, String city, String state, long flights, long delayed, long totalDelay) {
    /** By day, then by airport. */
    static final Comparator<AirportDay> ORDER =
            Comparator.comparing(AirportDay::day).thenComparing(AirportDay::origin);

    static AirportDay of(String origin, Instant dayStart, DayStats stats) {
        return new AirportDay(
                LocalDate.ofInstant(dayStart, ZoneOffset.UTC),
                origin,
                stats.city(),
                stats.state(),
                stats.flights(),
                stats.delayed(),
                stats.totalDelay());
    }

    /** In minutes. */
    public double meanDelay() {
        return (double) totalDelay / flights;
    }
}
