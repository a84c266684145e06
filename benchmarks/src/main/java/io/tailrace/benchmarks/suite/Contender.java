package io.tailrace.benchmarks.suite;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A log that is measured, opened for one {@link Job}.
 *
 * <p><b>Threads:</b> {@link #receive} on one, everything else on another. <b>Owner:</b> whoever opened it closes it.
 */
interface Contender extends AutoCloseable {

    /** Drops what was appended before and begins with an empty log. */
    void renew() throws IOException;

    /** Appends the first {@code count} records of the payload again and again; returns when all are acknowledged. */
    void append(int count) throws IOException;

    /** Reads {@code count} records from the beginning on, key and value of each; returns the bytes seen. */
    long read(int count) throws IOException;

    /** Appends one record at once; does not wait for its acknowledgement. */
    void send(byte[] value) throws IOException;

    /** Hands each record that is appended from now on to {@code target} as soon as it can, until told to stop. */
    void receive(Consumer<byte[]> target, Runnable ready, BooleanSupplier stop) throws IOException;

    /** CPU time that other processes have spent for this log so far, in seconds. */
    default double cpuSecondsElsewhere() {
        return 0;
    }

    @Override
    void close() throws IOException;
}
