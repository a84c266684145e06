package io.tailrace.stores.rocksdb;

import java.util.concurrent.atomic.AtomicBoolean;
import org.rocksdb.RocksDB;

/**
 * The native library of RocksDB. To unpack and load it takes a tenth of a second, once per process, which an application that starts
 * has better uses for. Any thread.
 */
final class RocksLibrary {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private RocksLibrary() {}

    /** Loads it, or waits until another thread has. */
    static void load() {
        BEGUN.set(true);
        RocksDB.loadLibrary();
    }

    /** Begins to load it. If that fails, opening a store fails likewise and says so. */
    static void loadInBackground() {
        if (BEGUN.compareAndSet(false, true)) {
            Thread loader = new Thread(RocksDB::loadLibrary, "tailrace-rocksdb-loader");
            loader.setDaemon(true);
            loader.setUncaughtExceptionHandler((thread, failure) -> {}); // who opens a store meets it again
            loader.start();
        }
    }
}
