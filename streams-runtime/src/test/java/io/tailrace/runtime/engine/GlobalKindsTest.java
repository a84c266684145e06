package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.processor.StateStore;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.runtime.global.GlobalStores;
import io.tailrace.serde.Serdes;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionWindow;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.Windowed;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Global stores of the kinds that are less common: processors read what is committed and cannot write. */
class GlobalKindsTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private static <S extends StateStore> Topology topology(
            StoreBuilder<S> store, BiConsumer<S, Record<String, String>> keep) {
        return Nodes.pipe(Nodes.forwarding())
                .addGlobalStore(
                        store.withLoggingDisabled(),
                        "source-of-store",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        "kept-in",
                        "keeper",
                        () -> new ContextualProcessor<String, String, Void, Void>() {
                            @Override
                            public void process(Record<String, String> record) {
                                S kept = context().getStateStore("kept");
                                keep.accept(kept, record);
                            }
                        });
    }

    private Rig rig() {
        Rig rig = new Rig(dir).topic("in", 1).topic("kept-in", 1);
        rig.send("kept-in", "a", "1", 100);
        return rig;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as the test has built it
    private static <S> S face(Rig rig) {
        GlobalStores global = Objects.requireNonNull(rig.globalStores);
        return (S) Objects.requireNonNull(global.faces().get("kept"));
    }

    @Test
    void shouldLetProcessorsOnlyReadAGlobalStoreOfSessions() {
        try (Rig rig = rig()) {
            rig.open(topology(
                    Stores.sessionStoreBuilder(
                            Stores.inMemorySessionStore("kept", DAY), Serdes.String(), Serdes.String()),
                    (store, record) -> store.put(
                            new Windowed<>(Objects.requireNonNull(record.key()), new SessionWindow(0, 100)),
                            record.value())));
            SessionStore<String, String> sessions = face(rig);
            assertThat(sessions.fetchSession("a", 0, 100)).isEqualTo("1");
            assertThatThrownBy(() -> sessions.remove(new Windowed<>("a", new SessionWindow(0, 100))))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("read only");
        }
    }

    @Test
    void shouldLetProcessorsOnlyReadAGlobalStoreOfVersions() {
        try (Rig rig = rig()) {
            rig.open(topology(
                    Stores.versionedKeyValueStoreBuilder(
                            Stores.inMemoryVersionedKeyValueStore("kept", DAY), Serdes.String(), Serdes.String()),
                    (store, record) ->
                            store.put(Objects.requireNonNull(record.key()), record.value(), record.timestamp())));
            VersionedKeyValueStore<String, String> versions = face(rig);
            assertThat(Objects.requireNonNull(versions.get("a")).value()).isEqualTo("1");
            assertThatThrownBy(() -> versions.put("a", "2", 200))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("read only");
        }
    }
}
