package io.tailrace.samples.flights;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class DayStatsTest {
    @Test
    void shouldCountFlightsDelaysFromFifteenMinutesOnAndSumUpAllDelays() {
        DayStats stats = DayStats.NONE;
        for (int delay : new int[] {-20, 0, 14, 15, 100}) {
            stats = stats.plus(departure(delay));
        }
        assertThat(stats).isEqualTo(new DayStats("Atlanta", "GA", 5, 2, 109));
    }

    @Test
    void shouldLeaveCityAndStateEmptyForAnUnknownAirport() {
        Flight flight = new Flight(LocalDateTime.parse("2001-01-01T00:00"), "XX1", "LAX", 3, 1);
        assertThat(DayStats.NONE.plus(Departure.of(flight, null))).isEqualTo(new DayStats("", "", 1, 0, 3));
    }

    @Test
    void shouldNameTheDayInUtc() {
        AirportDay day = AirportDay.of("ATL", Instant.parse("2001-01-02T00:00:00Z"), DayStats.NONE.plus(departure(30)));
        assertThat(day.day()).hasToString("2001-01-02");
        assertThat(day.meanDelay()).isEqualTo(30.0);
    }

    private static Departure departure(int delay) {
        Flight flight = new Flight(LocalDateTime.parse("2001-01-01T00:00"), "ATL", "LAX", delay, 1);
        return Departure.of(flight, new Airport("ATL", "Hartsfield", "Atlanta", "GA"));
    }
}
