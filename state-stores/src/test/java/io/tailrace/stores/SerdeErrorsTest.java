package io.tailrace.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.config.ConfigException;
import io.tailrace.errors.StreamsException;
import io.tailrace.serde.LongSerializer;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Serdes that are missing or do not fit: each error names the store, what went wrong and the way out. */
class SerdeErrorsTest {
    private final TestContext context = new TestContext(Path.of("unused"));

    private <K, V> KeyValueStore<K, V> open(@Nullable Serde<K> keys, @Nullable Serde<V> values) {
        KeyValueStore<K, V> store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("s"), keys, values)
                .build();
        store.init(context, store);
        return store;
    }

    @Test
    void shouldUseTheDefaultsOfTheApplication() {
        KeyValueStore<String, Long> store = open(null, null);
        store.put("a", 1L);
        assertThat(store.get("a")).isEqualTo(1);
        assertThat(context.logged("s").get(0).value()).hasSize(Long.BYTES);
    }

    @Test
    void shouldReportAValueThatDoesNotFit() {
        KeyValueStore<String, Integer> store = open(Serdes.String(), null);
        assertThatThrownBy(() -> store.put("a", 1))
                .isInstanceOf(StreamsException.class)
                .hasMessageContainingAll(
                        "store 's'", "value", LongSerializer.class.getName(), Integer.class.getName(), "value serde");
        assertThat(store.get("a")).isNull();
        assertThat(context.logged("s")).isEmpty();
    }

    @Test
    void shouldReportAKeyThatDoesNotFit() {
        KeyValueStore<Integer, Long> store = open(null, Serdes.Long());
        assertThatThrownBy(() -> store.get(1))
                .isInstanceOf(StreamsException.class)
                .hasMessageContainingAll(
                        "store 's'", "key", StringSerializer.class.getName(), Integer.class.getName(), "key serde");
    }

    @Test
    void shouldNameTheSerializerOfATimestampedValue() {
        TimestampedKeyValueStore<String, Integer> store = Stores.<String, Integer>timestampedKeyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("s"), Serdes.String(), null)
                .build();
        store.init(context, store);
        assertThatThrownBy(() -> store.put("a", ValueAndTimestamp.make(1, 2)))
                .isInstanceOf(StreamsException.class)
                .hasMessageContainingAll("store 's'", LongSerializer.class.getName(), Integer.class.getName());
    }

    @Test
    void shouldReportStoredBytesOfAnotherSerde() {
        KeyValueStore<String, String> written = open(Serdes.String(), Serdes.String());
        written.put("a", "text");
        TestContext other = new TestContext(Path.of("unused"));
        KeyValueStore<String, Long> read = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("s"), Serdes.String(), Serdes.Long())
                .build();
        read.init(other, read);
        other.restore("s", context.logged("s"));
        assertThatThrownBy(() -> read.get("a"))
                .isInstanceOf(StreamsException.class)
                .hasMessageContainingAll("store 's'", "LongDeserializer", "another serde");
    }

    @Test
    void shouldReportThatThereIsNoSerdeAtAll() {
        TestContext without = new TestContext(Path.of("unused")) {
            @Override
            public Serde<?> valueSerde() {
                throw new ConfigException("default.value.serde is not set");
            }
        };
        KeyValueStore<String, Long> store = Stores.<String, Long>keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("s"), null, null)
                .build();
        assertThatThrownBy(() -> store.init(without, store))
                .isInstanceOf(StreamsException.class)
                .hasMessageContainingAll("store 's'", "value", "Materialized", "default.value.serde")
                .hasCauseInstanceOf(ConfigException.class);
        assertThat(store.isOpen()).isFalse();
    }
}
