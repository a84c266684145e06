package io.tailrace.runtime.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.errors.TopologyException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.Record;
import io.tailrace.runtime.plan.PhysicalPlan;
import io.tailrace.serde.Serdes;
import io.tailrace.state.StoreBuilder;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a changed topology finds of the one before. */
class TopologyRecordTest {
    private final EmbeddedLog log = EmbeddedLog.inMemory();

    @BeforeEach
    void createTopics() {
        log.admin().createTopic(new NewTopic("in", 2));
        log.admin().createTopic(new NewTopic("other", 2));
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static final class Nothing extends ContextualProcessor<Object, Object, Object, Object> {
        @Override
        public void process(Record<Object, Object> record) {}
    }

    private static StoreBuilder<?> keyValue(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.String());
    }

    private static StoreBuilder<?> window(String name) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(name, Duration.ofHours(1), Duration.ofMinutes(1), false),
                Serdes.String(),
                Serdes.String());
    }

    private static Topology with(StoreBuilder<?>... stores) {
        Topology topology = new Topology().addSource("source", "in").addProcessor("node", Nothing::new, "source");
        for (StoreBuilder<?> store : stores) {
            topology.addStateStore(store, "node");
        }
        return topology;
    }

    private void start(Topology topology, boolean accepted) {
        Map<String, Integer> existing = new LinkedHashMap<>();
        log.admin()
                .listTopics()
                .forEach(topic ->
                        existing.put(topic, log.admin().describeTopic(topic).partitions()));
        PhysicalPlan plan = PhysicalPlan.of(topology.graph(), "app", existing, Map.of());
        TopologyRecord record = TopologyRecord.check(plan, "app", accepted, log);
        plan.internalTopics().stream()
                .filter(topic -> !existing.containsKey(topic.name()))
                .forEach(topic -> log.admin().createTopic(new NewTopic(topic.name(), topic.partitions())));
        record.write();
    }

    private void start(Topology topology) {
        start(topology, false);
    }

    @Test
    void shouldStartTheSameTopologyAgain() {
        start(with(keyValue("counts")));
        assertThatCode(() -> start(with(keyValue("counts")))).doesNotThrowAnyException();
    }

    @Test
    void shouldRecordNothingForATopologyThatKeepsNothing() {
        start(with());
        assertThat(log.admin().listTopics()).doesNotContain(TopologyRecord.TOPIC);
    }

    @Test
    void shouldTakeANewStore() {
        start(with(keyValue("counts")));
        start(with(keyValue("counts"), window("recent")));
        assertThatThrownBy(() -> start(with(keyValue("counts"))))
                .as("it is recorded, too")
                .hasMessageContaining("orphaned: store 'recent', a WindowStore");
    }

    @Test
    void shouldRefuseToLeaveAStoreBehind() {
        start(with(keyValue("counts"), keyValue("sums")));
        assertThatThrownBy(() -> start(with(keyValue("counts"), keyValue("totals"))))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("application app has changed")
                .hasMessageContaining("kept: store 'counts'")
                .hasMessageContaining("new: store 'totals', a KeyValueStore")
                .hasMessageContaining("orphaned: store 'sums', a KeyValueStore with changelog app-sums-changelog")
                .hasMessageContaining("topology.changes=accept");
        start(with(keyValue("counts"), keyValue("sums"))); // the refused one was not recorded
    }

    @Test
    void shouldLeaveAStoreBehindWhenThatIsAccepted() {
        start(with(keyValue("sums")));
        start(with(keyValue("totals")), true);
        assertThatCode(() -> start(with(keyValue("totals")))).doesNotThrowAnyException();
    }

    @Test
    void shouldNotMissAStoreWhoseChangelogWasDeleted() {
        start(with(keyValue("sums")));
        log.admin().deleteTopic("app-sums-changelog");
        assertThatCode(() -> start(with(keyValue("totals")))).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAStoreWhoseChangelogWasDeleted() {
        start(with(keyValue("sums")));
        log.admin().deleteTopic("app-sums-changelog");
        assertThatThrownBy(() -> start(with(keyValue("sums"))))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("reset: store 'sums' has lost its changelog, which was deleted:");
        log.admin().createTopic(new NewTopic("app-sums-changelog", 2));
        assertThatThrownBy(() -> start(with(keyValue("sums"))))
                .hasMessageContaining("store 'sums' has lost its changelog, which was deleted and made anew:")
                .hasMessageContaining("topology.changes=accept");
        start(with(keyValue("sums")), true);
        assertThatCode(() -> start(with(keyValue("sums")))).doesNotThrowAnyException();
    }

    @Test
    void shouldTakeAStoreOfAnotherKindWhenItsChangelogWasDeleted() {
        start(with(keyValue("state")));
        log.admin().deleteTopic("app-state-changelog");
        start(with(window("state")), true);
        assertThatCode(() -> start(with(window("state")))).doesNotThrowAnyException();
    }

    @Test
    void shouldMissNothingThatWasNeverMade() {
        PhysicalPlan plan = PhysicalPlan.of(with(keyValue("sums")).graph(), "app", Map.of("in", 2), Map.of());
        TopologyRecord.check(plan, "app", false, log); // and the process ends
        assertThatCode(() -> start(with(keyValue("sums")))).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAStoreOfAnotherKindAlwaysBecauseItCouldNotBeRead() {
        start(with(keyValue("state")));
        assertThatThrownBy(() -> start(with(window("state")), true))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("incompatible: store 'state' was a KeyValueStore, is a WindowStore");
    }

    @Test
    void shouldLetAStoreWithAChangelogMoveToAnotherSubtopology() {
        start(with(keyValue("state")));
        assertThatCode(() -> start(behindAnother(keyValue("state")))).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseToMoveAStoreWithoutAChangelog() {
        start(with(keyValue("state").withLoggingDisabled()));
        assertThatThrownBy(() -> start(behindAnother(keyValue("state").withLoggingDisabled())))
                .hasMessageContaining("reset: store 'state' moves from sub-topology 0 to 1");
    }

    private static Topology behindAnother(StoreBuilder<?> store) {
        return new Topology()
                .addSource("first", "other")
                .addProcessor("idle", Nothing::new, "first")
                .addSource("source", "in")
                .addProcessor("node", Nothing::new, "source")
                .addStateStore(store, "node");
    }

    @Test
    void shouldKeepApplicationsApart() {
        start(with(keyValue("sums")));
        PhysicalPlan plan = PhysicalPlan.of(with(keyValue("totals")).graph(), "another", Map.of("in", 2), Map.of());
        assertThatCode(() -> TopologyRecord.check(plan, "another", false, log)).doesNotThrowAnyException();
    }

    @Test
    void shouldNotMissAGlobalStoreWhichItsTopicFills() {
        Topology global = with(keyValue("counts"))
                .addGlobalStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore("table"), Serdes.String(), Serdes.String())
                                .withLoggingDisabled(),
                        "rows",
                        null,
                        null,
                        "other",
                        "update",
                        () -> new Processor<Object, Object, Void, Void>() {
                            @Override
                            public void process(Record<Object, Object> record) {}
                        });
        start(global);
        assertThatCode(() -> start(with(keyValue("counts")))).doesNotThrowAnyException();
    }
}
