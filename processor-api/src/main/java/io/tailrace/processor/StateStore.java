package io.tailrace.processor;

import io.tailrace.common.TopicPartition;
import io.tailrace.query.Position;
import io.tailrace.query.PositionBound;
import io.tailrace.query.Query;
import io.tailrace.query.QueryConfig;
import io.tailrace.query.QueryResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * State of one task. Owner: the task's thread, except what a subtype explicitly opens to others.
 *
 * <p><b>Life:</b> {@link #init} once, which opens the store and registers it with
 * {@link StateStoreContext#register(StateStore, StateRestoreCallback)}; restore; then any number of writes and
 * {@link #commit}s; {@link #close}.
 *
 * <p><b>State contract</b> (KIP-892, KIP-1035):
 *
 * <ul>
 *   <li>The writes since the last {@link #commit} are uncommitted. The owner reads its own; a crash may lose them.
 *   <li>{@link #commit} makes these writes and the changelog offsets it is given durable, atomically: after a crash both
 *       are there or neither. It is called only after the changelog records up to those offsets are in the log. So a
 *       store may be behind its changelog, never ahead of it.
 *   <li>{@link #committedOffset} answers with the offsets of the last commit that survived. What the store holds then is
 *       the effect of exactly the changelog records below that offset, or of more of them that a replay repeats without
 *       harm.
 *   <li>Where it answers null, the changelog is replayed from its beginning, into a store that then must be empty.
 * </ul>
 */
public interface StateStore {
    /** Unique in the topology. */
    String name();

    /**
     * Opens the store and registers it.
     *
     * @param root the outermost layer around this store, or the store itself: what is to be registered
     */
    void init(StateStoreContext context, StateStore root);

    /**
     * Makes the writes so far durable together with the offsets, as the state contract says. Does nothing unless
     * overridden, which is right only for a store that keeps nothing past {@link #close()}.
     *
     * @param changelogOffsets for each changelog partition of this store the offset of the next record to read; empty
     *     for a store without a changelog
     */
    default void commit(Map<TopicPartition, Long> changelogOffsets) {}

    /**
     * The changelog offset, next to read, that was part of the last commit that survived. To be asked after
     * {@link #init}.
     *
     * @return null when nothing survived; always so unless overridden
     */
    default @Nullable Long committedOffset(TopicPartition changelog) {
        return null;
    }

    /**
     * About how many bytes of memory the writes since the last {@link #commit} take (KIP-892). When those of all stores are too
     * many, the application commits early. Asked once in many records.
     *
     * @return 0 unless overridden, which is right for a store that keeps no uncommitted writes apart
     */
    default long approximateUncommittedBytes() {
        return 0;
    }

    /** Gives up all resources; uncommitted writes may be lost. A second call does nothing. */
    void close();

    /** Whether committed state survives {@link #close()} and is found again in {@link StateStoreContext#stateDir()}. */
    boolean persistent();

    boolean isOpen();

    /**
     * Answers a query from outside, from committed state. Any thread. Unless overridden, no query is known.
     *
     * @param positionBound how far the store must have come to answer
     */
    default <R> QueryResult<R> query(Query<R> query, PositionBound positionBound, QueryConfig config) {
        return QueryResult.forUnknownQueryType(query, this);
    }

    /**
     * How far the store's committed state has come in the input of its task. Any thread.
     *
     * @throws UnsupportedOperationException unless overridden
     */
    default Position getPosition() {
        throw new UnsupportedOperationException(
                "store '" + name() + "' of " + getClass().getName() + " does not know its position");
    }
}
