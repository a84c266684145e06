/**
 * State stores: {@link io.tailrace.stores.Stores} makes them, in memory or in RocksDB, with a changelog or without.
 *
 * <p>A built store is a stack, and a call passes through it from the top: typed face ({@code typed}), for windows the
 * window store ({@code window}), changelog ({@code layer}), byte store ({@code bytes}, {@code rocksdb}).
 */
@NullMarked
package io.tailrace.stores;

import org.jspecify.annotations.NullMarked;
