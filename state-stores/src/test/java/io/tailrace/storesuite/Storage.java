package io.tailrace.storesuite;

/** Where a store keeps its entries. */
enum Storage {
    MEMORY,
    ROCKSDB
}
