/**
 * The pipeline {@code flights}: from lines of US flights to delays per airport and day. Read {@link
 * io.tailrace.samples.flights.FlightsTopology} first, the whole computation is there; {@link
 * io.tailrace.samples.flights.FlightsPipeline} loads its input, runs it and fetches its result.
 */
@NullMarked
package io.tailrace.samples.flights;

import org.jspecify.annotations.NullMarked;
