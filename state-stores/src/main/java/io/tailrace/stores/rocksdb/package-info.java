/**
 * The byte store on RocksDB: one instance per task directory with a column family per store, all in one memory budget.
 * The only package that knows RocksDB.
 */
@NullMarked
package io.tailrace.stores.rocksdb;

import org.jspecify.annotations.NullMarked;
