package io.tailrace.query;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a store has come in its input: for each input partition the offset of the last record whose effects are in it.
 * Changed by {@link #withComponent} and {@link #merge}; any thread.
 */
public class Position {
    private final ConcurrentMap<String, ConcurrentMap<Integer, Long>> offsets = new ConcurrentSkipListMap<>();

    private Position() {}

    /** Nothing was seen yet. */
    public static Position emptyPosition() {
        return new Position();
    }

    /** @param map offset by partition by topic; copied */
    public static Position fromMap(Map<String, ? extends Map<Integer, Long>> map) {
        Position position = new Position();
        map.forEach((topic, partitions) ->
                partitions.forEach((partition, offset) -> position.withComponent(topic, partition, offset)));
        return position;
    }

    /** Moves on in one partition, unless it is there or beyond already; returns this. */
    public Position withComponent(String topic, int partition, long offset) {
        offsets.computeIfAbsent(topic, name -> new ConcurrentSkipListMap<>()).merge(partition, offset, Math::max);
        return this;
    }

    /** Moves on to wherever the other is further; returns this. Null is no position, and changes nothing. */
    public Position merge(@Nullable Position other) {
        if (other != null) {
            other.offsets.forEach((topic, partitions) ->
                    partitions.forEach((partition, offset) -> withComponent(topic, partition, offset)));
        }
        return this;
    }

    public Position copy() {
        return new Position().merge(this);
    }

    public Set<String> getTopics() {
        return Collections.unmodifiableSet(offsets.keySet());
    }

    /** Offset by partition; empty for a topic that is not part of this position. */
    public Map<Integer, Long> getPartitionPositions(String topic) {
        ConcurrentMap<Integer, Long> partitions = offsets.get(topic);
        return partitions == null ? Map.of() : Collections.unmodifiableMap(partitions);
    }

    public boolean isEmpty() {
        return offsets.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Position that && offsets.equals(that.offsets);
    }

    /** @throws UnsupportedOperationException because a position changes, which no key of a hash map may */
    @Override
    public int hashCode() {
        throw new UnsupportedOperationException("a Position is mutable and cannot be hashed");
    }

    @Override
    public String toString() {
        return "Position{" + offsets + "}";
    }
}
