package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.worker.Worker;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serializer;
import io.tailrace.topology.Topology;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the order of a commit: outputs, then input offsets, then stores; exactly-once, the transaction with both, then stores. A
 * step that fails keeps the later ones from happening.
 */
class CommitOrderTest {
    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private static final Set<String> WATCHED =
            Set.of("flush", "commitSync", "sendOffsetsToTransaction", "commitTransaction");

    private final List<String> steps = new ArrayList<>();
    private String failing = "";

    /** Writes down the calls of a commit, and fails the one that {@link #failing} names. */
    private final class WatchedLog implements EventLog {
        private final EventLog log;

        WatchedLog(EventLog log) {
            this.log = log;
        }

        @Override
        public Admin admin() {
            return log.admin();
        }

        @Override
        @SuppressWarnings("unchecked") // a proxy of the interface it stands for
        public <K, V> Producer<K, V> newProducer(
                ProducerConfig config, Serializer<? super K> keySerializer, Serializer<? super V> valueSerializer) {
            Producer<K, V> producer = log.newProducer(config, keySerializer, valueSerializer);
            return (Producer<K, V>) watched(Producer.class, producer);
        }

        @Override
        @SuppressWarnings("unchecked") // as above
        public <K, V> Consumer<K, V> newConsumer(
                ConsumerConfig config,
                Deserializer<? extends K> keyDeserializer,
                Deserializer<? extends V> valueDeserializer) {
            Consumer<K, V> consumer = log.newConsumer(config, keyDeserializer, valueDeserializer);
            return (Consumer<K, V>) watched(Consumer.class, consumer);
        }

        @Override
        public Optional<Path> directory() {
            return log.directory();
        }

        @Override
        public void close() {}

        private Object watched(Class<?> type, Object target) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
                if (WATCHED.contains(method.getName())) {
                    step(method.getName());
                }
                return call(target, method, args);
            });
        }
    }

    private static Object call(Object target, Method method, Object[] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private void step(String step) {
        steps.add(step);
        if (step.equals(failing)) {
            throw new IllegalStateException("disk full");
        }
    }

    /** A store that only writes down what is asked of it. */
    private final class WatchedStore extends OwnStore {
        WatchedStore() {
            super("watched");
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {
            context.register(root, (key, value) -> {}, () -> step("beforeCommit"));
            opened();
        }

        @Override
        public void commit(Map<TopicPartition, Long> changelogOffsets) {
            step("store " + changelogOffsets);
        }
    }

    private Worker worker(Rig rig) {
        Topology topology = Nodes.pipe(Nodes.forwarding())
                .addStateStore(new OwnStore.Builder<>("watched", true, WatchedStore::new), "node");
        StreamsEngine engine = StreamsEngine.open(
                topology.graph(),
                new StreamsConfig(rig.config),
                new WatchedLog(rig.log),
                rig.clock,
                EngineListeners.none());
        engine.close(); // lets go of the directory, which nothing here uses
        Worker worker = Objects.requireNonNull(engine.openWorker(0, () -> false));
        rig.send("in", "k", "v", 1);
        worker.runOnce();
        steps.clear();
        return worker;
    }

    @Test
    void shouldCommitOutputsThenOffsetsThenStores() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            Worker worker = worker(rig);
            worker.commit();

            assertThat(steps)
                    .containsExactly("beforeCommit", "flush", "commitSync", "store {app-watched-changelog-0=0}");
            assertThat(worker.commit()).isFalse();
            assertThat(steps).hasSize(4);
            worker.close();
        }
    }

    @Test
    void shouldCommitNoOffsetWhenOutputsCannotBeWritten() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            Worker worker = worker(rig);
            failing = "flush";

            assertThatThrownBy(worker::commit).hasMessage("disk full");
            assertThat(steps).containsExactly("beforeCommit", "flush");
            assertThat(rig.committed("in")).containsExactly(-1L);
            worker.abandon();
        }
    }

    @Test
    void shouldCommitNoStoreWhenOffsetsCannotBeCommitted() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            Worker worker = worker(rig);
            failing = "commitSync";

            assertThatThrownBy(worker::commit).hasMessage("disk full");
            assertThat(steps).containsExactly("beforeCommit", "flush", "commitSync");
            worker.abandon();
        }
    }

    @Test
    void shouldCommitTheTransactionThenStores() {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce()) {
            Worker worker = worker(rig);
            worker.commit();

            assertThat(steps)
                    .containsExactly(
                            "beforeCommit",
                            "sendOffsetsToTransaction",
                            "commitTransaction",
                            "store {app-watched-changelog-0=0}");
            assertThat(worker.commit()).isFalse();
            assertThat(steps).hasSize(4);
            worker.close();
        }
    }

    @Test
    void shouldCommitNothingWhenTheTransactionIsNot() {
        for (String step : List.of("sendOffsetsToTransaction", "commitTransaction")) {
            try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce()) {
                Worker worker = worker(rig);
                failing = step;

                assertThatThrownBy(worker::commit).hasMessage("disk full");
                assertThat(steps).last().isEqualTo(step);
                worker.abandon();
                assertThat(rig.values("out")).isEmpty();
                assertThat(rig.committed("in")).containsExactly(-1L);
            }
        }
    }
}
