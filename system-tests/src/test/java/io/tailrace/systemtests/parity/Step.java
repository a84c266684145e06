package io.tailrace.systemtests.parity;

import org.jspecify.annotations.Nullable;

/**
 * One thing that a test does to a program: pipe a record, or move the clock. Public, like {@link Outcome} and {@link Driver},
 * because ported classes live in a class loader of their own.
 *
 * @param topic null for a move of the clock
 * @param timeMs the timestamp of the record, or how far the clock goes on
 * @param header value of the record's one header, null for none
 */
public record Step(
        @Nullable String topic,
        @Nullable String key,
        @Nullable String value,
        long timeMs,
        @Nullable String header) {}
