package io.tailrace.state;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One version of a key's value: valid from its timestamp to, not including, its {@code validTo} (KIP-889). Immutable if
 * the value is.
 */
public final class VersionedRecord<V> {
    private static final long STILL_VALID = -1;

    private final V value;
    private final long timestamp;
    private final long validTo;

    /** The latest version of its key, as far as is known. */
    public VersionedRecord(V value, long timestamp) {
        this.value = Objects.requireNonNull(value, "a version's value must not be null: deletions are not versions");
        this.timestamp = timestamp;
        this.validTo = STILL_VALID;
    }

    /**
     * @param validTo epoch milliseconds of the change that ended it, after {@code timestamp}
     * @throws IllegalArgumentException when it ends before it begins
     */
    public VersionedRecord(V value, long timestamp, long validTo) {
        if (validTo < timestamp) {
            throw new IllegalArgumentException(
                    "a version from " + timestamp + " ms cannot be valid to " + validTo + " ms, which is earlier");
        }
        this.value = Objects.requireNonNull(value, "a version's value must not be null: deletions are not versions");
        this.timestamp = timestamp;
        this.validTo = validTo;
    }

    public V value() {
        return value;
    }

    /** Since when it is valid, epoch milliseconds. */
    public long timestamp() {
        return timestamp;
    }

    /** Epoch milliseconds, not included; empty for the latest version. */
    public Optional<Long> validTo() {
        return validTo == STILL_VALID ? Optional.empty() : Optional.of(validTo);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VersionedRecord<?> that
                && timestamp == that.timestamp
                && validTo == that.validTo
                && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(value, timestamp, validTo);
    }

    @Override
    public String toString() {
        return "<" + value + "," + timestamp + (validTo == STILL_VALID ? "" : "," + validTo) + ">";
    }
}
