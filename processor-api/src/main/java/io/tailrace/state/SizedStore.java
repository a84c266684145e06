package io.tailrace.state;

/**
 * A store that can tell how large it is, as of its last commit and about. Any thread, at any time after the store was opened; both
 * methods throw {@link io.tailrace.errors.InvalidStateStoreException} once it is closed.
 */
public interface SizedStore {
    /** What a store returns that cannot tell. */
    long UNKNOWN = -1;

    /** How many entries it has: keys, windows, sessions or versions. */
    long approximateEntries();

    /** How many bytes they take: of heap for a store in memory, of files and write buffers for one on RocksDB. */
    long approximateBytes();
}
