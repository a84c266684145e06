package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.CacheSpace;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TaskId;
import io.tailrace.query.PositionBound;
import io.tailrace.query.QueryConfig;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.restore.ChangelogBounds;
import io.tailrace.runtime.restore.RestorePool;
import io.tailrace.runtime.task.ActiveTask;
import io.tailrace.runtime.task.ExceptionHandlers;
import io.tailrace.runtime.task.InputProgress;
import io.tailrace.runtime.task.LastLetters;
import io.tailrace.runtime.task.StandbyTask;
import io.tailrace.runtime.task.TaskServices;
import io.tailrace.runtime.task.TurnClock;
import io.tailrace.runtime.worker.TopicPartitionCounts;
import io.tailrace.serde.ByteArraySerializer;
import io.tailrace.state.query.KeyQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store set that moves between a standby and an active task. */
class StandbyTest {
    /** An input of which everything up to an offset has been read. */
    private record ReadTo(long offset) implements InputProgress {
        @Override
        public long position(TopicPartition partition) {
            return offset;
        }

        @Override
        public boolean isAtEnd(TopicPartition partition) {
            return true;
        }
    }

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private Rig rig = new Rig(Path.of("replaced by setUp"));
    private TaskPlan plan = new TaskPlan(new TaskId(0, 0), List.of(), List.of(), List.of(), Map.of(), false);
    private @Nullable TaskServices services;
    private @Nullable RestorePool pool;
    private @Nullable Producer<byte[], byte[]> producer;

    /** An application counts in "app"; its copy follows in another directory. */
    @BeforeEach
    void setUp() {
        rig.close();
        rig = new Rig(dir.resolve("app")).topic("in", 1);
        StreamsEngine engine = rig.open(Nodes.counting(Nodes.persistent("counts")));
        plan = engine.plan().tasks().get(0);
        producer = rig.log.newProducer(ProducerConfig.DEFAULT, new ByteArraySerializer(), new ByteArraySerializer());
        pool = new RestorePool(rig.log, rig.restores, "standby-test", 2);
        StreamsConfig config = new StreamsConfig(rig.config);
        services = new TaskServices(
                config,
                engine.plan().names(),
                new TurnClock(rig.clock),
                producer,
                ExceptionHandlers.ofWorker(config),
                LastLetters.to(rig.log),
                task -> dir.resolve("copy").resolve(task.toString()),
                new TopicPartitionCounts(rig.log.admin()),
                Map.of(),
                new CacheSpace(1_000_000));
    }

    @AfterEach
    void tearDown() {
        Objects.requireNonNull(pool).close();
        Objects.requireNonNull(producer).close();
        rig.close();
    }

    private ChangelogBounds bounds() {
        return ChangelogBounds.of(rig.log.admin(), plan.restoredFrom());
    }

    private StandbyTask standby() {
        return StandbyTask.open(plan, Objects.requireNonNull(services), bounds());
    }

    private void count(String key, int times) {
        for (int i = 0; i < times; i++) {
            rig.send("in", key, "v", i);
        }
        rig.run().commit();
    }

    private void follow(StandbyTask standby) {
        ChangelogBounds bounds = bounds();
        assertThat(Objects.requireNonNull(pool).restore(standby.restoreTargets(bounds), () -> false))
                .isTrue();
        standby.restored(bounds.ends());
    }

    private static @Nullable String count(Map<String, StateStore> stores, String key) {
        return Objects.requireNonNull(stores.get("counts"))
                .query(KeyQuery.<String, String>withKey(key), PositionBound.unbounded(), new QueryConfig(false))
                .getResult();
    }

    @Test
    void shouldFollowTheChangelog() {
        StandbyTask standby = standby();
        count("a", 2);
        follow(standby);
        assertThat(count(standby.stores(), "a")).isEqualTo("2");
        count("a", 1);
        assertThat(count(standby.stores(), "a")).isEqualTo("2");
        follow(standby);
        assertThat(count(standby.stores(), "a")).isEqualTo("3");
        standby.close();
    }

    @Test
    void shouldHandItsStoresToAnActiveTaskWithoutReopeningThem() {
        StandbyTask standby = standby();
        count("a", 2);
        follow(standby);
        StateStore store = Objects.requireNonNull(standby.stores().get("counts"));

        ActiveTask active = standby.activate(Objects.requireNonNull(services), new ReadTo(2));
        assertThat(active.stores().get("counts")).isSameAs(store);
        assertThat(store.isOpen()).isTrue();
        assertThat(active.restoreTargets(bounds())).allMatch(target -> target.from() == target.to());
        assertThatThrownBy(() -> follow(standby))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("handed over");
        standby.close();
        assertThat(store.isOpen()).isTrue();

        active.start(bounds().ends(), committed(), 0);
        assertThat(count(active.stores(), "a")).isEqualTo("2");
        active.close();
        assertThat(store.isOpen()).isFalse();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        return rig.log.admin().committedOffsets("app");
    }

    @Test
    void shouldTakeTheStoresOfAnActiveTaskBack() {
        ActiveTask active = standby().activate(Objects.requireNonNull(services), new ReadTo(2));
        count("a", 2);
        Objects.requireNonNull(pool).restore(active.restoreTargets(bounds()), () -> false);
        active.start(bounds().ends(), committed(), 0);
        StateStore store = Objects.requireNonNull(active.stores().get("counts"));

        StandbyTask retired = active.retire();
        assertThat(retired.stores().get("counts")).isSameAs(store);
        count("a", 3);
        follow(retired);
        assertThat(count(retired.stores(), "a")).isEqualTo("5");
        retired.close();
        assertThat(store.isOpen()).isFalse();
    }
}
