package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.errors.InvalidStateStorePartitionException;
import io.tailrace.errors.LockException;
import io.tailrace.errors.MissingSourceTopicException;
import io.tailrace.errors.ProcessorStateException;
import io.tailrace.errors.UnknownStateStoreException;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.query.QueryableStoreTypes;
import io.tailrace.runtime.query.StoreQueryParameters;
import io.tailrace.runtime.worker.Worker;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTest {
    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private static List<String> lastOf(Rig rig, int count) {
        List<String> all = rig.values("out");
        return all.subList(Math.max(0, all.size() - count), all.size());
    }

    private static StoreQueryParameters<ReadOnlyKeyValueStore<String, String>> counts() {
        return StoreQueryParameters.fromNameAndType("counts", QueryableStoreTypes.keyValueStore());
    }

    @Test
    void shouldRestoreAStoreInMemoryFromItsChangelog() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", "a", "v", 1);
            rig.send("in", "a", "v", 2);
            rig.run();
            rig.closeApp();
            rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", "a", "v", 3);
            rig.run();

            assertThat(rig.values("out")).containsExactly("1", "2", "3");
            assertThat(rig.restores.entries)
                    .containsExactly("start counts app-counts-changelog-0 0..2", "end counts 2");
        }
    }

    @Test
    void shouldGiveChangelogRecordsTheTimeOfTheRecordThatWasForwarded() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor(
                        "later", Nodes.each((context, record) -> context.forward(record.withTimestamp(70))), "source")
                .addProcessor(
                        "keeper",
                        Nodes.each((context, record) -> {
                            KeyValueStore<String, String> store = context.getStateStore("kept");
                            store.put("k", record.value());
                        }),
                        "later")
                .addStateStore(Nodes.inMemory("kept"), "keeper");
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(topology);
            rig.send("in", "a", "v", 1);
            rig.run().commit();
            assertThat(rig.read("app-kept-changelog"))
                    .extracting(ConsumerRecord::timestamp)
                    .containsExactly(70L);
        }
    }

    @Test
    void shouldReplayNothingIntoAPersistentStoreAfterAGracefulClose() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.run();
            rig.closeApp();
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 2);
            rig.run();

            assertThat(rig.values("out")).containsExactly("1", "2");
            assertThat(rig.restores.entries).isEmpty();
        }
    }

    @Test
    void shouldReplayOnlyTheGapIntoAPersistentStoreAfterACrash() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.send("in", "b", "v", 2);
            rig.run().commit();
            rig.send("in", "c", "v", 3);
            rig.run();
            rig.crash();
            rig.open(Nodes.counting(Nodes.persistent("counts")));

            assertThat(rig.restores.entries)
                    .containsExactly("start counts app-counts-changelog-0 2..3", "end counts 1");
        }
    }

    @Test
    void shouldRestoreAPersistentStoreWhoseDirectoryWasDeleted() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            for (int i = 0; i < 5_000; i++) {
                rig.send("in", "k" + i % 7, "v", i);
            }
            rig.run();
            rig.closeApp();
            StateDirectory.delete(new StreamsConfig(rig.config), rig.log);
            assertThat(dir.resolve("app")).doesNotExist();
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "k0", "v", 1);
            rig.run();

            assertThat(lastOf(rig, 1)).containsExactly("716");
            assertThat(rig.restores.entries)
                    .containsExactly("start counts app-counts-changelog-0 0..5000", "end counts 5000");
        }
    }

    @Test
    void shouldWipeAndRestoreAStoreThatIsAheadOfItsChangelog() {
        try (Rig rig = new Rig(dir).topic("in", 1).with("topology.changes", "accept")) {
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.run();
            rig.closeApp();
            rig.log.admin().deleteTopic("app-counts-changelog");
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 2);
            rig.run();

            assertThat(lastOf(rig, 1)).containsExactly("1");
        }
    }

    @Test
    void shouldKeepAStoreWhoseChangelogLostItsTail() {
        try (Rig rig = new Rig(dir).topic("in", 1).with("topology.changes", "accept")) {
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.send("in", "b", "v", 2);
            rig.send("in", "a", "v", 3);
            rig.run();
            rig.closeApp();
            // as if the changelog had been cut behind its first record
            rig.log.admin().deleteTopic("app-counts-changelog");
            rig.topic("app-counts-changelog", 1);
            rig.send("app-counts-changelog", "a", "1", 1);

            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 4);
            rig.run();
            assertThat(lastOf(rig, 1)).containsExactly("3");
            assertThat(rig.restores.entries).isEmpty();

            // what gets the lost offsets is replayed like everything else
            rig.crash();
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            assertThat(rig.restores.entries)
                    .containsExactly("start counts app-counts-changelog-0 1..2", "end counts 1");
        }
    }

    @Test
    void shouldNotWipeAStoreThatCannotBeRestored() {
        Topology topology = Nodes.counting(Nodes.persistent("counts"))
                .addStateStore(Nodes.persistent("precious").withLoggingDisabled(), "node");
        try (Rig rig = new Rig(dir).topic("in", 1).with("topology.changes", "accept")) {
            rig.open(topology);
            rig.send("in", "a", "v", 1);
            rig.run();
            rig.closeApp();
            rig.log.admin().deleteTopic("app-counts-changelog");

            assertThatThrownBy(() -> rig.open(topology))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining("store 'counts' was committed at offset 1 of app-counts-changelog-0")
                    .hasMessageContaining("store 'precious' has no changelog");
        }
    }

    @Test
    void shouldKeepAStoreBehindItsChangelogWhenACrashHitsBetween() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.run();
            rig.crash();
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.run().commit();

            // the record is repeated on the restored state: at least once, and never lost
            assertThat(rig.values("out")).containsExactly("1", "2");
            assertThat(rig.committed("in")).containsExactly(1L);
        }
    }

    @Test
    void shouldRefuseASecondApplicationOfTheSameId() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.pipe(Nodes.forwarding()));

            assertThatThrownBy(() -> StreamsEngine.open(
                            Nodes.pipe(Nodes.forwarding()).graph(),
                            new StreamsConfig(rig.config),
                            rig.log,
                            rig.clock,
                            EngineListeners.none()))
                    .isInstanceOf(LockException.class)
                    .hasMessageContaining(
                            "held by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void shouldLetGoOfTheStateDirectoryWhenOpeningFails() {
        try (Rig rig = new Rig(dir)) {
            assertThatThrownBy(() -> rig.open(Nodes.pipe(Nodes.forwarding())))
                    .isInstanceOf(MissingSourceTopicException.class)
                    .hasMessageContaining("[in]");
            rig.topic("in", 1);
            rig.open(Nodes.pipe(Nodes.forwarding()));
        }
    }

    @Test
    void shouldRemoveTheTemporaryStateOfALogInMemory() {
        Path located;
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.config.remove("state.dir");
            located = StateDirectory.locate(new StreamsConfig(rig.config), rig.log);
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.run();
            assertThat(located).isDirectory();
            rig.closeApp();
        }

        assertThat(located).doesNotExist();
        assertThat(Objects.requireNonNull(located.getParent())).doesNotExist();
    }

    @Test
    void shouldCreateNoTaskDirectoryForATaskWithoutPersistentStores() throws IOException {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", "a", "v", 1);
            rig.run().commit();

            try (var files = Files.list(dir.resolve("app"))) {
                assertThat(files)
                        .extracting(file -> file.getFileName().toString())
                        .containsExactly(".lock");
            }
        }
    }

    @Test
    void shouldReadAStoreAcrossItsPartitions() {
        try (Rig rig = new Rig(dir).topic("in", 3).with("num.stream.threads", 2)) {
            StreamsEngine engine = rig.open(Nodes.counting(Nodes.inMemory("counts")));
            for (int partition = 0; partition < 3; partition++) {
                rig.send("in", partition, "k" + partition, "v", 1);
            }
            rig.run().commit();
            ReadOnlyKeyValueStore<String, String> store = engine.stores().read(counts());

            assertThat(store.get("k0")).isEqualTo("1");
            assertThat(store.get("k2")).isEqualTo("1");
            assertThat(store.get("k9")).isNull();
            assertThat(store.approximateNumEntries()).isEqualTo(3);
            assertThat(entries(store.all())).containsExactly("k0=1", "k1=1", "k2=1");
            assertThat(entries(store.range("k1", "k2"))).containsExactly("k1=1", "k2=1");
            assertThat(engine.stores().read(counts().withPartition(1)).get("k0"))
                    .isNull();
            assertThat(engine.stores().read(counts().withPartition(1)).get("k1"))
                    .isEqualTo("1");
        }
    }

    private static List<String> entries(KeyValueIterator<String, String> iterator) {
        List<String> entries = new ArrayList<>();
        try (iterator) {
            while (iterator.hasNext()) {
                assertThat(iterator.peekNextKey()).isNotNull();
                KeyValue<String, String> entry = iterator.next();
                entries.add(entry.key + "=" + entry.value);
            }
        }
        return entries;
    }

    @Test
    void shouldShowOnlyWhatWasCommittedToOtherReaders() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            StreamsEngine engine = rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", "a", "v", 1);
            rig.run();
            ReadOnlyKeyValueStore<String, String> store = engine.stores().read(counts());
            assertThat(store.get("a")).isNull();

            rig.commit();
            assertThat(store.get("a")).isEqualTo("1");
        }
    }

    @Test
    void shouldExplainWhyAStoreCannotBeRead() {
        try (Rig rig = new Rig(dir).topic("in", 2)) {
            StreamsEngine engine = rig.open(Nodes.counting(Nodes.inMemory("counts")));

            assertThatThrownBy(() -> engine.stores()
                            .read(StoreQueryParameters.fromNameAndType("cuonts", QueryableStoreTypes.keyValueStore())))
                    .isInstanceOf(UnknownStateStoreException.class)
                    .hasMessageContaining("no store 'cuonts', only [counts]");
            assertThatThrownBy(() -> engine.stores()
                            .read(StoreQueryParameters.fromNameAndType("counts", QueryableStoreTypes.windowStore())))
                    .isInstanceOf(InvalidStateStoreException.class)
                    .hasMessageContaining("cannot be read as a window store");
            assertThatThrownBy(() -> engine.stores().read(counts().withPartition(2)))
                    .isInstanceOf(InvalidStateStorePartitionException.class)
                    .hasMessageContaining("no partition 2, expected 0..1");
            rig.workers.forEach(Worker::abandon);
            rig.workers.clear();
            assertThatThrownBy(() -> engine.stores().read(counts()))
                    .isInstanceOf(InvalidStateStoreException.class)
                    .hasMessageContaining("0 of its 2 partitions are open");
        }
    }

    @Test
    void shouldReadATimestampedStoreWithAndWithoutItsTimes() {
        Topology topology = Nodes.pipe(Nodes.each((context, record) -> {
                    TimestampedKeyValueStore<String, String> store = context.getStateStore("latest");
                    store.put(
                            Objects.requireNonNull(record.key()),
                            ValueAndTimestamp.make(record.value(), record.timestamp()));
                }))
                .addStateStore(
                        Stores.timestampedKeyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore("latest"), Serdes.String(), Serdes.String()),
                        "node");
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            StreamsEngine engine = rig.open(topology);
            rig.send("in", "a", "x", 77);
            rig.run().commit();

            ReadOnlyKeyValueStore<String, String> plain = engine.stores()
                    .read(StoreQueryParameters.fromNameAndType("latest", QueryableStoreTypes.keyValueStore()));
            assertThat(plain.get("a")).isEqualTo("x");
            assertThat(entries(plain.all())).containsExactly("a=x");
            ReadOnlyKeyValueStore<String, ValueAndTimestamp<String>> timestamped = engine.stores()
                    .read(StoreQueryParameters.fromNameAndType(
                            "latest", QueryableStoreTypes.timestampedKeyValueStore()));
            assertThat(timestamped.get("a")).isEqualTo(ValueAndTimestamp.make("x", 77));
        }
    }

    // Global stores

    private static Topology joiningWithCodes() {
        return new Topology()
                .addGlobalStore(
                        Nodes.inMemory("codes").withLoggingDisabled(),
                        "codes-source",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        "codes-topic",
                        "codes-processor",
                        CodeWriter::new)
                .addSource("source", "in")
                .addProcessor(
                        "node",
                        Nodes.each((context, record) -> {
                            KeyValueStore<String, String> codes = context.getStateStore("codes");
                            if ("write".equals(record.value())) {
                                codes.put("any", "thing");
                            }
                            context.forward(record.withValue(codes.get(Objects.requireNonNull(record.key()))));
                        }),
                        "source")
                .addSink("sink", "out", "node");
    }

    private static final class CodeWriter extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {
            KeyValueStore<String, String> codes = context().getStateStore("codes");
            codes.put(Objects.requireNonNull(record.key()), "code " + record.value());
        }
    }

    @Test
    void shouldLoadAGlobalStoreBeforeAnythingIsProcessed() {
        try (Rig rig = new Rig(dir).topic("in", 2).topic("codes-topic", 2)) {
            rig.send("codes-topic", 0, "a", "Alpha", 1);
            rig.send("codes-topic", 1, "b", "Beta", 1);
            rig.send("in", 0, "b", "v", 1);
            rig.send("in", 1, "a", "v", 1);
            rig.open(joiningWithCodes());
            rig.run();

            assertThat(rig.values("out")).containsExactlyInAnyOrder("code Alpha", "code Beta");
        }
    }

    @Test
    void shouldKeepAGlobalStoreUpToDate() {
        try (Rig rig = new Rig(dir).topic("in", 1).topic("codes-topic", 1)) {
            StreamsEngine engine = rig.open(joiningWithCodes());
            rig.send("codes-topic", "a", "Alpha", 1);
            rig.run().commit();
            rig.send("in", "a", "v", 1);
            rig.run().commit();

            assertThat(rig.values("out")).containsExactly("code Alpha");
            assertThat(engine.isIdle()).isTrue();
            ReadOnlyKeyValueStore<String, String> store = engine.stores()
                    .read(StoreQueryParameters.fromNameAndType("codes", QueryableStoreTypes.keyValueStore()));
            assertThat(store.get("a")).isEqualTo("code Alpha");
        }
    }

    @Test
    void shouldRefuseToWriteAGlobalStoreFromAProcessor() {
        try (Rig rig = new Rig(dir).topic("in", 1).topic("codes-topic", 1)) {
            rig.open(joiningWithCodes());
            rig.send("in", "a", "write", 1);

            assertThatThrownBy(rig::run)
                    .hasMessageContaining("store 'codes' is read only")
                    .hasCauseInstanceOf(UnsupportedOperationException.class);
        }
    }
}
