package io.tailrace.kstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Bytes;
import io.tailrace.errors.TopologyException;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.stores.Stores;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
    private final Serde<String> strings = Serdes.String();
    private final Serde<Long> longs = Serdes.Long();
    private final StreamPartitioner<String, Long> partitioner = (topic, key, value, count) -> Optional.empty();

    @Test
    void shouldCollectTheOptionsOfReading() {
        Consumed<String, Long> consumed = Consumed.<String, Long>as("reader")
                .withKeySerde(strings)
                .withValueSerde(longs)
                .withOffsetResetPolicy(AutoOffsetReset.latest());
        assertThat(consumed.name()).isEqualTo("reader");
        assertThat(consumed.keySerde()).isSameAs(strings);
        assertThat(consumed.valueSerde()).isSameAs(longs);
        assertThat(consumed)
                .isEqualTo(Consumed.with(strings, longs, null, AutoOffsetReset.latest()))
                .isNotEqualTo(Consumed.with(strings, longs, null, AutoOffsetReset.earliest()));
    }

    @Test
    void shouldChangeABuilderInPlaceAsPortedCodeExpects() {
        Consumed<String, Long> consumed = Consumed.with(null, null);
        consumed.withKeySerde(strings).withName("late");
        assertThat(consumed.keySerde()).isSameAs(strings);
        assertThat(consumed.name()).isEqualTo("late");

        Materialized<String, Long, KeyValueStore<Bytes, byte[]>> materialized = Materialized.as("store");
        materialized.withLoggingDisabled();
        assertThat(materialized.loggingEnabled()).isFalse();

        Produced<String, Long> produced = Produced.with(null, null);
        produced.withStreamPartitioner(partitioner);
        assertThat(produced.streamPartitioner()).isSameAs(partitioner);
    }

    @Test
    void shouldLeaveImmutableOptionsAsTheyAre() {
        Grouped<String, Long> grouped = Grouped.as("g");
        Joined<String, Long, Long> joined = Joined.as("j");
        Repartitioned<String, Long> repartitioned = Repartitioned.as("r");
        assertThat(grouped.withKeySerde(strings).keySerde()).isSameAs(strings);
        assertThat(grouped.keySerde()).isNull();
        assertThat(joined.withValueSerde(longs).leftValueSerde()).isSameAs(longs);
        assertThat(joined.leftValueSerde()).isNull();
        assertThat(repartitioned.withNumberOfPartitions(3).numberOfPartitions()).isEqualTo(3);
        assertThat(repartitioned.numberOfPartitions()).isNull();
    }

    @Test
    void shouldKeepAllOptionsOfAJoinAndAGrouping() {
        Joined<String, Long, String> joined = Joined.with(strings, longs, strings, "j");
        assertThat(joined.withName("k").keySerde()).isSameAs(strings);
        assertThat(joined.withName("k").rightValueSerde()).isSameAs(strings);
        assertThat(joined.withName("k").name()).isEqualTo("k");
        Grouped<String, Long> grouped = Grouped.with("g", strings, longs).withName("h");
        assertThat(grouped.name()).isEqualTo("h");
        assertThat(grouped.valueSerde()).isSameAs(longs);
    }

    @Test
    void shouldKeepAllOptionsOfARepartition() {
        Repartitioned<String, Long> repartitioned = Repartitioned.with(strings, longs)
                .withName("r")
                .withNumberOfPartitions(4)
                .withStreamPartitioner(partitioner);
        assertThat(repartitioned.name()).isEqualTo("r");
        assertThat(repartitioned.numberOfPartitions()).isEqualTo(4);
        assertThat(repartitioned.streamPartitioner()).isSameAs(partitioner);
        assertThat(repartitioned.keySerde()).isSameAs(strings);
        assertThatThrownBy(() -> Repartitioned.numberOfPartitions(0))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("0 partitions");
    }

    @Test
    void shouldTakeTheNameOfAStoreFromItsSupplier() {
        Materialized<String, Long, KeyValueStore<Bytes, byte[]>> materialized =
                Materialized.as(Stores.inMemoryKeyValueStore("supplied"));
        assertThat(materialized.storeName()).isEqualTo("supplied");
        assertThatThrownBy(() -> materialized.withStoreType(Materialized.StoreType.ROCKS_DB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'supplied' has a supplier");
    }

    @Test
    void shouldForgetChangelogSettingsWhenLoggingIsDisabled() {
        Materialized<String, Long, KeyValueStore<Bytes, byte[]>> materialized =
                Materialized.<String, Long, KeyValueStore<Bytes, byte[]>>as("s")
                        .withLoggingEnabled(Map.of("retention.ms", "1"));
        assertThat(materialized.topicConfig()).containsEntry("retention.ms", "1");
        assertThat(materialized.withLoggingDisabled().topicConfig()).isEmpty();
    }

    @Test
    void shouldRefuseANegativeRetention() {
        assertThatThrownBy(() -> Materialized.as("s").withRetention(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("retention");
    }

    @Test
    void shouldRefuseToPrintWhereItCannotWrite(@TempDir Path dir) {
        File notAFile = dir.toFile();
        assertThatThrownBy(() -> Printed.toFile(notAFile.getPath()))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining(notAFile.getPath());
        assertThatThrownBy(() -> Printed.toFile(" ")).isInstanceOf(TopologyException.class);
    }
}
