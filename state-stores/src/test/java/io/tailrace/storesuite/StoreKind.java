package io.tailrace.storesuite;

import io.tailrace.processor.StateStore;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.SessionBytesStoreSupplier;
import io.tailrace.state.SessionStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.VersionedBytesStoreSupplier;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import io.tailrace.stores.Stores;
import java.time.Duration;
import java.util.List;

/**
 * Every kind of store that there is, with its suite, and what a random drive compares it with. Windows last 10 s; windows, sessions
 * and versions are kept for 200 s, so segments are 100 s long.
 */
enum StoreKind {
    KEY_VALUE("keyValueStoreBuilder", Form.KEY_VALUE, Values.PLAIN),
    TIMESTAMPED_KEY_VALUE("timestampedKeyValueStoreBuilder", Form.KEY_VALUE, Values.TIMESTAMPED),
    KEY_VALUE_WITH_HEADERS("timestampedKeyValueStoreWithHeadersBuilder", Form.KEY_VALUE, Values.TIMESTAMPED_HEADERS),
    LRU("keyValueStoreBuilder", Form.LRU, Values.PLAIN),
    WINDOW("windowStoreBuilder", Form.WINDOW, Values.PLAIN),
    TIMESTAMPED_WINDOW("timestampedWindowStoreBuilder", Form.WINDOW, Values.TIMESTAMPED),
    WINDOW_WITH_HEADERS("timestampedWindowStoreWithHeadersBuilder", Form.WINDOW, Values.TIMESTAMPED_HEADERS),
    DUPLICATES("windowStoreBuilder", Form.DUPLICATES, Values.PLAIN),
    TIMESTAMPED_DUPLICATES("timestampedWindowStoreBuilder", Form.DUPLICATES, Values.TIMESTAMPED),
    SESSION("sessionStoreBuilder", Form.SESSION, Values.PLAIN),
    SESSION_WITH_HEADERS("sessionStoreWithHeadersBuilder", Form.SESSION, Values.HEADERS),
    VERSIONED("versionedKeyValueStoreBuilder", Form.VERSIONED, Values.PLAIN);

    static final String NAME = "store";

    /** All keys that the suites use, in order: some are prefixes of others, and one has a byte as it occurs in times. */
    static final List<String> KEYS = List.of("", "a", "a\0", "aa", "b", "c", "\u00ff");

    static final Duration WINDOW_SIZE = Duration.ofSeconds(10);
    static final Duration RETENTION = Duration.ofSeconds(200);

    /** More than a suite has keys, so that nothing is dropped. */
    private static final int LRU_ENTRIES = 1000;

    /** What keys look like, and with that which suite, which model and which suppliers. */
    enum Form {
        KEY_VALUE(KeyValueStoreTest.class),
        LRU(KeyValueStoreTest.class),
        WINDOW(WindowStoreTest.class),
        DUPLICATES(DuplicatesStoreTest.class),
        SESSION(SessionStoreTest.class),
        VERSIONED(VersionedStoreTest.class);

        final Class<? extends StoreContract> suite;

        Form(Class<? extends StoreContract> suite) {
            this.suite = suite;
        }
    }

    /** The method of {@link Stores} that makes its builders. */
    final String builderMethod;

    final Form form;
    final Values values;

    StoreKind(String builderMethod, Form form, Values values) {
        this.builderMethod = builderMethod;
        this.form = form;
        this.values = values;
    }

    List<Storage> storages() {
        return form == Form.LRU ? List.of(Storage.MEMORY) : List.of(Storage.values());
    }

    List<Caching> cachings() {
        return switch (form) {
            case VERSIONED -> List.of(Caching.NONE);
            case DUPLICATES ->
                List.of(Caching.NONE, Caching.OBJECTS); // a cache that is asked for, and has nothing to hold
            default -> List.of(Caching.values());
        };
    }

    Model model() {
        return switch (form) {
            case KEY_VALUE, LRU -> new Model.OfKeys(values);
            case WINDOW -> new Model.OfWindows(values, false);
            case DUPLICATES -> new Model.OfWindows(values, true);
            case SESSION -> new Model.OfSessions(values);
            case VERSIONED -> new VersionedModel(values);
        };
    }

    @SuppressWarnings("unchecked") // the values are those of this kind
    Subject subject(StateStore store) {
        return switch (form) {
            case KEY_VALUE, LRU -> new KeyValueSubject((KeyValueStore<String, Object>) store, values);
            case WINDOW, DUPLICATES -> new WindowSubject((WindowStore<String, Object>) store, values);
            case SESSION -> new SessionSubject((SessionStore<String, Object>) store, values);
            case VERSIONED -> new VersionedSubject((VersionedKeyValueStore<String, Object>) store, values);
        };
    }

    StoreBuilder<?> builder(Storage storage, Caching caching) {
        return builder(storage, caching, RETENTION);
    }

    StoreBuilder<?> builder(Storage storage, Caching caching, Duration retention) {
        Serde<String> keys = caching.serde(Serdes.String());
        Serde<Long> longs = caching.serde(Serdes.Long());
        return switch (this) {
            case KEY_VALUE -> Stores.keyValueStoreBuilder(keyValues(storage), keys, longs);
            case TIMESTAMPED_KEY_VALUE -> Stores.timestampedKeyValueStoreBuilder(timestamped(storage), keys, longs);
            case KEY_VALUE_WITH_HEADERS ->
                Stores.timestampedKeyValueStoreWithHeadersBuilder(keyValuesWithHeaders(storage), keys, longs);
            case LRU -> Stores.keyValueStoreBuilder(Stores.lruMap(NAME, LRU_ENTRIES), keys, longs);
            case WINDOW -> Stores.windowStoreBuilder(windows(storage, retention, false), keys, longs);
            case TIMESTAMPED_WINDOW ->
                Stores.timestampedWindowStoreBuilder(timestampedWindows(storage, retention, false), keys, longs);
            case WINDOW_WITH_HEADERS ->
                Stores.timestampedWindowStoreWithHeadersBuilder(windowsWithHeaders(storage, retention), keys, longs);
            case DUPLICATES -> Stores.windowStoreBuilder(windows(storage, retention, true), keys, longs);
            case TIMESTAMPED_DUPLICATES ->
                Stores.timestampedWindowStoreBuilder(timestampedWindows(storage, retention, true), keys, longs);
            case SESSION -> Stores.sessionStoreBuilder(sessions(storage, retention), keys, longs);
            case SESSION_WITH_HEADERS ->
                Stores.sessionStoreWithHeadersBuilder(sessionsWithHeaders(storage, retention), keys, longs);
            case VERSIONED -> Stores.versionedKeyValueStoreBuilder(versions(storage, retention), keys, longs);
        };
    }

    private static KeyValueBytesStoreSupplier keyValues(Storage storage) {
        return storage == Storage.MEMORY ? Stores.inMemoryKeyValueStore(NAME) : Stores.persistentKeyValueStore(NAME);
    }

    private static KeyValueBytesStoreSupplier timestamped(Storage storage) {
        return storage == Storage.MEMORY
                ? Stores.inMemoryKeyValueStore(NAME)
                : Stores.persistentTimestampedKeyValueStore(NAME);
    }

    private static WindowBytesStoreSupplier windows(Storage storage, Duration retention, boolean duplicates) {
        return storage == Storage.MEMORY
                ? Stores.inMemoryWindowStore(NAME, retention, WINDOW_SIZE, duplicates)
                : Stores.persistentWindowStore(NAME, retention, WINDOW_SIZE, duplicates);
    }

    private static WindowBytesStoreSupplier timestampedWindows(
            Storage storage, Duration retention, boolean duplicates) {
        return storage == Storage.MEMORY
                ? Stores.inMemoryWindowStore(NAME, retention, WINDOW_SIZE, duplicates)
                : Stores.persistentTimestampedWindowStore(NAME, retention, WINDOW_SIZE, duplicates);
    }

    private static SessionBytesStoreSupplier sessions(Storage storage, Duration retention) {
        return storage == Storage.MEMORY
                ? Stores.inMemorySessionStore(NAME, retention)
                : Stores.persistentSessionStore(NAME, retention);
    }

    private static VersionedBytesStoreSupplier versions(Storage storage, Duration retention) {
        return storage == Storage.MEMORY
                ? Stores.inMemoryVersionedKeyValueStore(NAME, retention)
                : Stores.persistentVersionedKeyValueStore(NAME, retention);
    }

    private static KeyValueBytesStoreSupplier keyValuesWithHeaders(Storage storage) {
        return storage == Storage.MEMORY
                ? Stores.inMemoryKeyValueStore(NAME)
                : Stores.persistentTimestampedKeyValueStoreWithHeaders(NAME);
    }

    private static WindowBytesStoreSupplier windowsWithHeaders(Storage storage, Duration retention) {
        return storage == Storage.MEMORY
                ? Stores.inMemoryWindowStore(NAME, retention, WINDOW_SIZE, false)
                : Stores.persistentTimestampedWindowStoreWithHeaders(NAME, retention, WINDOW_SIZE, false);
    }

    private static SessionBytesStoreSupplier sessionsWithHeaders(Storage storage, Duration retention) {
        return storage == Storage.MEMORY
                ? Stores.inMemorySessionStore(NAME, retention)
                : Stores.persistentSessionStoreWithHeaders(NAME, retention);
    }
}
