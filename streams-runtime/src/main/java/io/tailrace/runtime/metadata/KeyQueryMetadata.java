package io.tailrace.runtime.metadata;

import java.util.Set;

/**
 * Who has a key of a store.
 *
 * @param standbyHosts always empty in one process
 * @param partition of the store; -1 for a global store, which is the same everywhere
 */
public record KeyQueryMetadata(HostInfo activeHost, Set<HostInfo> standbyHosts, int partition) {
    /** Nobody knows yet. */
    public static final KeyQueryMetadata NOT_AVAILABLE = new KeyQueryMetadata(HostInfo.unavailable(), Set.of(), -1);

    public KeyQueryMetadata {
        standbyHosts = Set.copyOf(standbyHosts);
    }
}
