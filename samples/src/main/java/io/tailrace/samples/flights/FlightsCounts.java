package io.tailrace.samples.flights;

import java.util.concurrent.atomic.LongAdder;

/**
 * What passes through the topology while it runs. Offsets do not tell: the end of each transaction takes one, too. For any
 * number of threads.
 */
final class FlightsCounts {
    private final LongAdder flights = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder results = new LongAdder();

    void flight() {
        flights.increment();
    }

    void rejection() {
        rejected.increment();
    }

    void result() {
        results.increment();
    }

    long flights() {
        return flights.sum();
    }

    long rejected() {
        return rejected.sum();
    }

    long results() {
        return results.sum();
    }
}
