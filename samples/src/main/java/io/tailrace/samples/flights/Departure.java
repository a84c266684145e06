package io.tailrace.samples.flights;

import org.jspecify.annotations.Nullable;

/** A flight with the airport it left. */
record Departure(Flight flight, Airport airport) {
    /** Joins the two; flights from airports that are not in the table are kept. */
    static Departure of(Flight flight, @Nullable Airport airport) {
        return new Departure(flight, airport == null ? Airport.UNKNOWN : airport);
    }
}
