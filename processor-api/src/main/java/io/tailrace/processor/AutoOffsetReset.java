package io.tailrace.processor;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a source starts to read a partition for which the application has no committed offset, or whose committed
 * offset is gone (KIP-1106). A source without one follows the application's {@code auto.offset.reset}.
 */
public final class AutoOffsetReset {
    /** The four ways to start. */
    public enum Strategy {
        /** At the log start offset. */
        EARLIEST,
        /** At the log end offset: only records that are appended from now on. */
        LATEST,
        /** Nowhere: a missing offset is an error. */
        NONE,
        /** At the first record whose timestamp is not older than now less {@link AutoOffsetReset#duration()}. */
        BY_DURATION
    }

    private static final AutoOffsetReset EARLIEST = new AutoOffsetReset(Strategy.EARLIEST, null);
    private static final AutoOffsetReset LATEST = new AutoOffsetReset(Strategy.LATEST, null);
    private static final AutoOffsetReset NONE = new AutoOffsetReset(Strategy.NONE, null);

    private final Strategy strategy;
    private final @Nullable Duration duration;

    private AutoOffsetReset(Strategy strategy, @Nullable Duration duration) {
        this.strategy = strategy;
        this.duration = duration;
    }

    public static AutoOffsetReset earliest() {
        return EARLIEST;
    }

    public static AutoOffsetReset latest() {
        return LATEST;
    }

    public static AutoOffsetReset none() {
        return NONE;
    }

    /**
     * @param duration how far back from now, zero or more
     * @throws IllegalArgumentException when {@code duration} is negative
     */
    public static AutoOffsetReset byDuration(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("offset reset by duration " + duration + ": expected zero or more");
        }
        return new AutoOffsetReset(Strategy.BY_DURATION, duration);
    }

    public Strategy strategy() {
        return strategy;
    }

    /** Present for {@link Strategy#BY_DURATION} only. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(duration);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AutoOffsetReset that
                && strategy == that.strategy
                && Objects.equals(duration, that.duration);
    }

    @Override
    public int hashCode() {
        return Objects.hash(strategy, duration);
    }

    @Override
    public String toString() {
        return duration == null ? strategy.name() : strategy + "(" + duration + ")";
    }
}
