package io.tailrace.stores;

import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.SessionBytesStoreSupplier;
import io.tailrace.state.VersionedBytesStoreSupplier;
import io.tailrace.state.WindowBytesStoreSupplier;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** {@link QueryContract} on every storage. */
class QueryTest {
    @Nested
    class InMemory extends QueryContract {
        @Override
        KeyValueBytesStoreSupplier keyValues() {
            return Stores.inMemoryKeyValueStore("store");
        }

        @Override
        WindowBytesStoreSupplier windows(Duration retention, Duration size) {
            return Stores.inMemoryWindowStore("windows", retention, size, false);
        }

        @Override
        SessionBytesStoreSupplier sessions(Duration retention) {
            return Stores.inMemorySessionStore("sessions", retention);
        }

        @Override
        VersionedBytesStoreSupplier versions(Duration historyRetention) {
            return Stores.inMemoryVersionedKeyValueStore("versions", historyRetention);
        }
    }

    @Nested
    class Persistent extends QueryContract {
        @Override
        KeyValueBytesStoreSupplier keyValues() {
            return Stores.persistentKeyValueStore("store");
        }

        @Override
        WindowBytesStoreSupplier windows(Duration retention, Duration size) {
            return Stores.persistentWindowStore("windows", retention, size, false);
        }

        @Override
        SessionBytesStoreSupplier sessions(Duration retention) {
            return Stores.persistentSessionStore("sessions", retention);
        }

        @Override
        VersionedBytesStoreSupplier versions(Duration historyRetention) {
            return Stores.persistentVersionedKeyValueStore("versions", historyRetention);
        }
    }
}
