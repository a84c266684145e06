package io.tailrace.stores.typed;

import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.processor.WriteBack;
import io.tailrace.query.Position;
import io.tailrace.query.PositionBound;
import io.tailrace.query.Query;
import io.tailrace.query.QueryConfig;
import io.tailrace.query.QueryResult;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.SizedStore;
import io.tailrace.stores.query.StoreAnswers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every typed store is apart from its entries: the store of bytes below it, whose life it shares. */
abstract class StoreFace<S extends StateStore & SizedStore, K, V> implements StateStore, SizedStore {
    protected final S inner;
    private final TypedForm.Source<K> keys;
    private final TypedForm.Source<V> values;
    private final boolean cacheable;
    private @Nullable Entries<K, V> entries; // from the first init on
    private @Nullable StateStoreContext openContext; // likewise
    private @Nullable StoreCache<K, V> cache; // while open, if the application gives memory for it

    /** A store that passes each write on at once. */
    StoreFace(S inner, TypedForm.Source<K> keys, TypedForm.Source<V> values) {
        this(inner, keys, values, false);
    }

    /** @param cacheable whether writes may be held back */
    StoreFace(S inner, TypedForm.Source<K> keys, TypedForm.Source<V> values, boolean cacheable) {
        this.inner = inner;
        this.keys = keys;
        this.values = values;
        this.cacheable = cacheable;
    }

    @Override
    public final String name() {
        return inner.name();
    }

    /** Finds the serdes first, so that a store without one leaves nothing open. */
    @Override
    public final void init(StateStoreContext context, StateStore root) {
        Entries<K, V> resolved = Entries.resolve(name(), context, keys, values);
        WriteBack writeBack = cacheable ? context.writeBack().orElse(null) : null;
        if (writeBack == null) {
            inner.init(context, root);
        } else {
            StoreCache<K, V> opened = new StoreCache<>(resolved, writeBack, this::readBelow, this::writeBelow);
            cache = opened;
            inner.init(new FlushOnCommit(context, opened), root);
        }
        entries = resolved;
        openContext = context;
        onOpen(resolved);
    }

    /** Reads from the inner store what its cache does not have; to be overridden by a store that may have one. */
    byte @Nullable [] readBelow(HeldEntries<K, V> held, Object key) {
        throw new IllegalStateException("store '" + name() + "' has no cache");
    }

    /** Writes to the inner store what its cache gives away; likewise. */
    void writeBelow(HeldEntries<K, V> held, Object key, byte @Nullable [] value) {
        throw new IllegalStateException("store '" + name() + "' has no cache");
    }

    /** Null when every write goes to the inner store at once. */
    final @Nullable StoreCache<K, V> cache() {
        return cache;
    }

    /** The inner store, with everything that was held back written to it: for scans. */
    final S scanned() {
        StoreCache<K, V> held = cache;
        if (held != null) {
            held.writeBelow();
        }
        return inner;
    }

    /** Called at the end of init. */
    abstract void onOpen(Entries<K, V> openEntries);

    final Entries<K, V> entries() {
        return opened(entries);
    }

    /** What init has set. */
    final <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new InvalidStateStoreException("store '" + name() + "' is not open");
        }
        return part;
    }

    @Override
    public final long approximateUncommittedBytes() {
        return inner.approximateUncommittedBytes();
    }

    @Override
    public final long approximateEntries() {
        return inner.approximateEntries();
    }

    @Override
    public final long approximateBytes() {
        return inner.approximateBytes();
    }

    @Override
    public final void commit(Map<TopicPartition, Long> changelogOffsets) {
        StoreCache<K, V> held = cache;
        if (held != null) {
            held.endCommit();
        }
        inner.commit(changelogOffsets);
    }

    @Override
    public final @Nullable Long committedOffset(TopicPartition changelog) {
        return inner.committedOffset(changelog);
    }

    @Override
    public final <R> QueryResult<R> query(Query<R> query, PositionBound positionBound, QueryConfig config) {
        Position position = getPosition();
        return this instanceof QueryableStore<?> queryable
                ? StoreAnswers.answer(
                        queryable, position, opened(openContext).taskId().partition(), query, positionBound, config)
                : QueryResult.forUnknownQueryType(query, this);
    }

    @Override
    public final Position getPosition() {
        return opened(openContext).committedPosition();
    }

    @Override
    public final void close() {
        StoreCache<K, V> held = cache;
        cache = null;
        if (held != null) {
            held.close();
        }
        inner.close();
    }

    @Override
    public final boolean persistent() {
        return inner.persistent();
    }

    @Override
    public final boolean isOpen() {
        return inner.isOpen();
    }
}
