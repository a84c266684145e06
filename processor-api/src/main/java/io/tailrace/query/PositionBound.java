package io.tailrace.query;

import org.jspecify.annotations.Nullable;

/**
 * The least a store must have seen to be asked. For instance the offsets of records that a client has written itself: its
 * query then reads its own writes. Immutable.
 */
public class PositionBound {
    private final Position position;

    private PositionBound(Position position) {
        this.position = position;
    }

    /** However far the store has come. */
    public static PositionBound unbounded() {
        return new PositionBound(Position.emptyPosition());
    }

    /** At least that far, in those partitions that the position names; copied. */
    public static PositionBound at(Position position) {
        return new PositionBound(position.copy());
    }

    public boolean isUnbounded() {
        return position.isEmpty();
    }

    public Position position() {
        return position.copy();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PositionBound that && position.equals(that.position);
    }

    /** @throws UnsupportedOperationException as that of {@link Position} */
    @Override
    public int hashCode() {
        throw new UnsupportedOperationException("a PositionBound holds a Position and cannot be hashed");
    }

    @Override
    public String toString() {
        return isUnbounded() ? "PositionBound{none}" : "PositionBound{" + position + "}";
    }
}
