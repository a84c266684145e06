package io.tailrace.samples.flights;

/**
 * The flights of one airport on one day: the aggregate of a window.
 *
 * @param city of the airport, "" when unknown
 * @param state of the airport, "" when unknown
 * @param delayed flights with a delay of {@link #DELAYED_FROM} minutes or more
 * @param totalDelay sum of all delays in minutes, early flights count negative
 */
record DayStats(String city, String state, long flights, long delayed, long totalDelay) {
    static final int DELAYED_FROM = 15;
    static final DayStats NONE = new DayStats("", "", 0, 0, 0);

    DayStats plus(Departure departure) {
        int delay = departure.flight().delay();
        return new DayStats(
                departure.airport().city(),
                departure.airport().state(),
                flights + 1,
                delay >= DELAYED_FROM ? delayed + 1 : delayed,
                totalDelay + delay);
    }
}
