package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.ProcessorStateException;
import io.tailrace.errors.TopologyException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.AlterConfigOp;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.topology.Topology;
import io.tailrace.topology.TopologyGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** State that is not as the application has left it: what is counted stays right, or the start is refused with the reason. */
class DamagedStateTest {
    private static final String CHANGELOG = "app-counts-changelog";
    private static final TopicPartition PARTITION = new TopicPartition(CHANGELOG, 0);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private static Topology counting() {
        return Nodes.counting(Nodes.persistent("counts"));
    }

    /** An application that has counted each of two keys three times, and is closed. */
    private Rig counted() {
        Rig rig = new Rig(dir).topic("in", 2).exactlyOnce();
        rig.open(counting());
        for (int i = 0; i < 3; i++) {
            rig.send("in", 0, "a", "v", 1);
            rig.send("in", 1, "b", "v", 1);
            rig.run().commit();
        }
        rig.closeApp();
        rig.restores.entries.clear();
        return rig;
    }

    private static void assertCountsGoOn(Rig rig) {
        rig.send("in", 0, "a", "v", 2);
        rig.send("in", 1, "b", "v", 2);
        rig.run().commit();
        assertThat(rig.values("out")).containsExactlyInAnyOrder("1", "2", "3", "4", "1", "2", "3", "4");
        assertThat(rig.values("app-counts-changelog")).containsExactly("1", "2", "3", "4", "1", "2", "3", "4");
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The log does so only after somebody has changed the topic. */
    private static void deleteRecords(Rig rig, long before) {
        cleanupPolicy(rig, "delete");
        rig.log.admin().deleteRecords(Map.of(PARTITION, before));
        cleanupPolicy(rig, "compact");
    }

    private static void cleanupPolicy(Rig rig, String policy) {
        rig.log.admin().alterConfigs(CHANGELOG, List.of(AlterConfigOp.set("cleanup.policy", policy)));
    }

    private List<Path> rocksFiles(String prefix, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve("app").resolve("0_0").resolve("rocksdb"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.getFileName().toString().endsWith(suffix))
                    .toList();
        }
    }

    @Test
    void shouldRestoreEverythingWhenTheStateIsDeleted() throws IOException {
        try (Rig rig = counted()) {
            deleteAll(dir.resolve("app"));
            rig.open(counting());
            assertThat(rig.restores.entries).hasSize(4);
            assertCountsGoOn(rig);
        }
    }

    @Test
    void shouldRestoreTheTaskWhoseStateIsDeleted() throws IOException {
        try (Rig rig = counted()) {
            deleteAll(dir.resolve("app").resolve("0_0"));
            rig.open(counting());
            assertThat(rig.restores.entries)
                    .containsExactly("start counts app-counts-changelog-0 0..6", "end counts 3");
            assertCountsGoOn(rig);
        }
    }

    @Test
    void shouldRefuseAStoreThatDoesNotKnowItsFiles() throws IOException {
        try (Rig rig = counted()) {
            Files.delete(dir.resolve("app").resolve("0_0").resolve("rocksdb").resolve("CURRENT"));
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining("store 'counts'")
                    .hasMessageContaining(dir.resolve("app").toString())
                    .hasMessageContaining("delete the directory");
        }
    }

    @Test
    void shouldRefuseAStoreThatHasLostAFile() throws IOException {
        try (Rig rig = counted()) {
            for (Path table : rocksFiles("", ".sst")) {
                Files.delete(table);
            }
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining("store 'counts'")
                    .hasMessageContaining(dir.resolve("app").toString());
            rig.crash();
            deleteAll(dir.resolve("app").resolve("0_0"));
            rig.open(counting());
            assertCountsGoOn(rig);
        }
    }

    @Test
    void shouldRefuseAStoreWithoutItsCatalog() throws IOException {
        try (Rig rig = counted()) {
            for (Path catalog : rocksFiles("MANIFEST", "")) {
                Files.delete(catalog);
            }
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining("store 'counts'")
                    .hasMessageContaining(dir.resolve("app").toString());
        }
    }

    @Test
    void shouldRefuseTheStateOfAnotherLog() throws IOException {
        try (EventLog another = EmbeddedLog.open(dir.resolve("another"));
                EventLog first = EmbeddedLog.open(dir.resolve("first"))) {
            Map<String, Object> config = Map.of(
                    "application.id", "app", "state.dir", dir.resolve("state").toString());
            for (EventLog log : List.of(first, another)) {
                log.admin().createTopic(new NewTopic("in", 1));
            }
            TopologyGraph graph = counting().graph();
            StreamsConfig streams = new StreamsConfig(config);
            StreamsEngine.open(graph, streams, first, Time.SYSTEM, EngineListeners.none())
                    .close();
            assertThatThrownBy(() -> StreamsEngine.open(graph, streams, another, Time.SYSTEM, EngineListeners.none()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining("has the state of application 'app' on another log");
            StreamsEngine.open(graph, streams, first, Time.SYSTEM, EngineListeners.none())
                    .close();
        }
    }

    @Test
    void shouldDeleteWhatALogInMemoryHasLeft() {
        counted().close();
        try (Rig rig = new Rig(dir).topic("in", 2).exactlyOnce()) {
            rig.open(counting());
            for (int i = 0; i < 7; i++) {
                rig.send("in", 0, "a", "v", 2);
            }
            rig.run().commit();
            assertThat(rig.values("out")).containsExactly("1", "2", "3", "4", "5", "6", "7");
        }
    }

    @Test
    void shouldRefuseToBeginAnewWhenAChangelogIsDeleted() {
        try (Rig rig = counted()) {
            rig.log.admin().deleteTopic(CHANGELOG);
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContaining("reset: store 'counts' has lost its changelog");
            rig.with("topology.changes", "accept").open(counting());
            rig.send("in", 0, "a", "v", 2);
            rig.run().commit();
            assertThat(rig.values("out")).endsWith("1");
        }
    }

    @Test
    void shouldRefuseAChangelogThatIsMadeAnew() {
        try (Rig rig = counted()) {
            rig.log.admin().deleteTopic(CHANGELOG);
            rig.topic(CHANGELOG, 2);
            rig.send(CHANGELOG, 0, "a", "1", 1);
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContaining("deleted and made anew");
        }
    }

    @Test
    void shouldGoOnWhenRecordsAreDeletedThatTheStoreHas() {
        try (Rig rig = counted()) {
            deleteRecords(rig, 4);
            rig.open(counting());
            assertThat(rig.restores.entries).isEmpty();
            rig.send("in", 0, "a", "v", 2);
            rig.run().commit();
            assertThat(rig.values("out")).contains("4");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldRefuseToRestoreFromAChangelogWhoseRecordsAreDeleted(boolean exactlyOnce) throws IOException {
        try (Rig rig = counted()) {
            rig.with("processing.guarantee", exactlyOnce ? "exactly_once_v2" : "at_least_once");
            deleteRecords(rig, 4);
            deleteAll(dir.resolve("app").resolve("0_0"));
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining("store 'counts' needs the records of " + PARTITION + " from offset 0 on")
                    .hasMessageContaining("deleted those before 4")
                    .hasMessageContaining("topology.changes=accept");
            rig.crash();
            rig.with("topology.changes", "accept").open(counting());
            assertThat(rig.restores.entries).containsExactly("start counts " + PARTITION + " 4..6", "end counts 1");
        }
    }

    @Test
    void shouldRefuseAStoreThatIsBehindTheRecordsThatAreDeleted() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(counting());
            rig.send("in", "a", "v", 1);
            rig.run().commit();
            rig.send("in", "b", "v", 1);
            rig.send("in", "c", "v", 1);
            rig.run();
            rig.crash();
            deleteRecords(rig, 2);
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining("needs the records of " + PARTITION + " from offset 1 on");
        }
    }

    @Test
    void shouldRestoreWhatRetentionHasLeftOfAChangelog() throws IOException {
        try (Rig rig = counted()) {
            deleteRecords(rig, 4);
            cleanupPolicy(rig, "compact,delete");
            deleteAll(dir.resolve("app").resolve("0_0"));
            rig.open(counting());
            assertThat(rig.restores.entries).containsExactly("start counts " + PARTITION + " 4..6", "end counts 1");
        }
    }

    @Test
    void shouldRefuseTheStateOfAnotherTopology() {
        try (Rig rig = counted()) {
            assertThatThrownBy(() ->
                            rig.open(Nodes.pipe(Nodes.forwarding()).addStateStore(Nodes.persistent("totals"), "node")))
                    .isInstanceOf(TopologyException.class)
                    .hasMessageContaining("orphaned: store 'counts'");
            rig.open(counting());
            assertCountsGoOn(rig);
        }
    }

    @Test
    void shouldRefuseTheStateOfAnotherApplication() throws IOException {
        try (Rig rig = counted()) {
            Files.move(dir.resolve("app"), dir.resolve("other"));
            rig.with("application.id", "other");
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining(dir.resolve("other").toString())
                    .hasMessageContaining("has the state of application 'app', not of 'other'");
        }
    }
}
