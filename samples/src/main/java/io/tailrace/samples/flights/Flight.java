package io.tailrace.samples.flights;

import java.time.LocalDateTime;

/**
 * One flight.
 *
 * @param departure in UTC
 * @param origin airport code, not empty
 * @param destination airport code, not empty
 * @param delay of the arrival in minutes, negative when early, within {@link FlightParser#MIN_DELAY} and {@link
 *     FlightParser#MAX_DELAY}
 * @param distance in miles
 */
record Flight(LocalDateTime departure, String origin, String destination, int delay, int distance)
        implements ParsedLine {}
