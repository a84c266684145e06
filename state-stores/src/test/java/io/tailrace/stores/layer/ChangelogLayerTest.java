package io.tailrace.stores.layer;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.drain;
import static io.tailrace.stores.Entries.key;
import static io.tailrace.stores.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Bytes;
import io.tailrace.common.ConsumerRecord;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.RecordRestoreCallback;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.stores.TestContext;
import io.tailrace.stores.TreeMapStore;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.MemoryByteStore;
import io.tailrace.stores.bytes.ScanOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangelogLayerTest {
    private final TestContext context = new TestContext(Path.of("unused"));

    private ChangelogLayer open(ByteStore inner, ValueForm values, boolean logged) {
        ChangelogLayer layer = new ChangelogLayer(inner, KeyForm.PLAIN, values, logged);
        layer.init(context, layer);
        return layer;
    }

    private ChangelogLayer open(ValueForm values) {
        return open(new MemoryByteStore("s"), values, true);
    }

    private List<String> logged() {
        return context.logged("s").stream()
                .map(entry -> text(entry.key()) + "=" + text(entry.value()) + "@" + entry.timestamp())
                .toList();
    }

    @Test
    void shouldLogEveryKindOfChange() {
        ChangelogLayer layer = open(ValueForm.PLAIN);
        layer.put(key("a"), bytes("1"));
        layer.putIfAbsent(key("a"), bytes("ignored"));
        layer.putIfAbsent(key("b"), bytes("2"));
        layer.put(key("a"), null);
        layer.delete(key("b"));
        layer.delete(key("b"));
        String now = "@" + TestContext.RECORD_TIME;
        assertThat(logged()).containsExactly("a=1" + now, "b=2" + now, "a=null" + now, "b=null" + now);
    }

    @Test
    void shouldLogTheBareValueWithItsTimestamp() {
        ChangelogLayer layer = open(ValueForm.TIMESTAMPED);
        layer.put(key("a"), ValueForm.timestamped(12, bytes("1")));
        layer.put(key("a"), null);
        assertThat(logged()).containsExactly("a=1@12", "a=null@" + TestContext.RECORD_TIME);
    }

    @Test
    void shouldNotLogExpiryNorLocalEntries() {
        ChangelogLayer layer = open(ValueForm.PLAIN);
        layer.put(key("a"), bytes("1"));
        layer.putLocally(key("own"), bytes("2"));
        layer.deleteRange(key("a"), key("b"));
        assertThat(logged()).hasSize(1);
        assertThat(drain(layer.all())).containsExactly("own=2");
    }

    @Test
    void shouldRestoreValuesWithTheTimestampOfTheirRecord() {
        ChangelogLayer layer = open(ValueForm.TIMESTAMPED);
        context.restore(
                "s",
                List.of(
                        TestContext.record("s", 40, 12, bytes("a"), bytes("1")),
                        TestContext.record("s", 41, 13, null, bytes("no key")),
                        TestContext.record("s", 42, 14, bytes("b"), bytes("2")),
                        TestContext.record("s", 43, 15, bytes("b"), null)));
        assertThat(layer.get(key("a"))).isEqualTo(ValueForm.timestamped(12, bytes("1")));
        assertThat(drain(layer.committedView().all())).hasSize(1);
        assertThat(layer.committedOffset(TestContext.changelogOf("s"))).isEqualTo(44);
    }

    @Test
    void shouldRestoreButNotLogWithoutLogging() {
        ChangelogLayer layer = open(new MemoryByteStore("s"), ValueForm.TIMESTAMPED, false);
        layer.put(key("a"), ValueForm.timestamped(1, bytes("1")));
        assertThat(logged()).isEmpty();
        layer.commit(Map.of());
        context.restore("s", List.of(TestContext.record("s", 0, 9, bytes("a"), bytes("2"))));
        assertThat(layer.get(key("a"))).isEqualTo(ValueForm.timestamped(9, bytes("2")));
    }

    @Test
    void shouldRegisterTheOutermostStore() {
        ChangelogLayer layer = new ChangelogLayer(new MemoryByteStore("s"), KeyForm.PLAIN, ValueForm.PLAIN, true);
        StateStore root = new MemoryByteStore("s");
        layer.init(context, root);
        assertThat(context.registered("s")).isSameAs(root);
    }

    @Test
    void shouldWorkAroundAStoreMadeByOthers() throws Exception {
        TreeMapStore foreign = new TreeMapStore("s");
        ChangelogLayer layer = open(ForeignByteStore.adapt(foreign), ValueForm.PLAIN, true);
        layer.put(key("a"), bytes("1"));
        layer.put(key("b"), bytes("2"));
        layer.put(key("c"), bytes("3"));
        assertThat(logged()).hasSize(3);
        assertThat(context.registered("s")).isSameAs(layer);
        assertThat(drain(layer.scan(key("a"), key("c"), ScanOrder.ASCENDING))).containsExactly("a=1", "b=2");
        assertThat(drain(layer.reverseRange(key("a"), key("c")))).containsExactly("c=3", "b=2", "a=1");
        layer.deleteRange(key("a"), key("c"));
        assertThat(drain(layer.all())).containsExactly("c=3");
        context.restore("s", context.logged("s"));
        assertThat(drain(layer.all())).containsExactly("a=1", "b=2", "c=3");
        context.commitCallback("s").onCommit();
        assertThat(foreign.commitCallbacks).isEqualTo(1);
        layer.close();
        assertThat(foreign.isOpen()).isFalse();
    }

    @Test
    void shouldRefuseOtherThreadsOnAStoreMadeByOthersUnlessItIsQueryable() {
        ChangelogLayer layer = open(ForeignByteStore.adapt(new TreeMapStore("s")), ValueForm.PLAIN, true);
        assertThatThrownBy(layer::committedView)
                .isInstanceOf(InvalidStateStoreException.class)
                .hasMessageContainingAll("store 's'", TreeMapStore.class.getName(), "QueryableStore");
    }

    @Test
    void shouldReadAQueryableStoreMadeByOthers() {
        class Queryable extends TreeMapStore implements QueryableStore<ReadOnlyKeyValueStore<Bytes, byte[]>> {
            Queryable() {
                super("s");
            }

            @Override
            public ReadOnlyKeyValueStore<Bytes, byte[]> readOnlyView() {
                return this;
            }
        }
        ChangelogLayer layer = open(ForeignByteStore.adapt(new Queryable()), ValueForm.PLAIN, true);
        layer.put(key("a"), bytes("1"));
        assertThat(drain(layer.committedView().all())).containsExactly("a=1");
    }

    @Test
    void shouldRefuseAForeignStoreThatIsRestoredByRecords() {
        TreeMapStore foreign = new TreeMapStore("s") {
            @Override
            public void init(StateStoreContext init, StateStore root) {
                init.register(root, (RecordRestoreCallback) (List<ConsumerRecord<byte[], byte[]>> records) -> {});
            }
        };
        assertThatThrownBy(() -> open(ForeignByteStore.adapt(foreign), ValueForm.PLAIN, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("store 's'", "BatchingStateRestoreCallback");
    }
}
