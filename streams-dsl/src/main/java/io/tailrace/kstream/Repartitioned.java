package io.tailrace.kstream;

import io.tailrace.errors.TopologyException;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.serde.Serde;
import org.jspecify.annotations.Nullable;

/**
 * How a stream passes through a repartition topic, {@code <name>-repartition} (KIP-221). Without a number of partitions
 * the topic has as many as the topic that the stream comes from. Immutable.
 */
public class Repartitioned<K, V> implements NamedOperation<Repartitioned<K, V>> {
    private final @Nullable String name;
    private final @Nullable Serde<K> keySerde;
    private final @Nullable Serde<V> valueSerde;
    private final @Nullable Integer numberOfPartitions;
    private final @Nullable StreamPartitioner<K, V> partitioner;

    private Repartitioned(
            @Nullable String name,
            @Nullable Serde<K> keySerde,
            @Nullable Serde<V> valueSerde,
            @Nullable Integer numberOfPartitions,
            @Nullable StreamPartitioner<K, V> partitioner) {
        if (name != null) {
            Named.validate(name);
        }
        if (numberOfPartitions != null && numberOfPartitions < 1) {
            throw new TopologyException(
                    "repartition topic with " + numberOfPartitions + " partitions: expected 1 or more");
        }
        this.name = name;
        this.keySerde = keySerde;
        this.valueSerde = valueSerde;
        this.numberOfPartitions = numberOfPartitions;
        this.partitioner = partitioner;
    }

    protected Repartitioned(Repartitioned<K, V> other) {
        this(other.name, other.keySerde, other.valueSerde, other.numberOfPartitions, other.partitioner);
    }

    /** @throws TopologyException when the name is illegal, see {@link Named} */
    public static <K, V> Repartitioned<K, V> as(@Nullable String name) {
        return new Repartitioned<>(name, null, null, null, null);
    }

    public static <K, V> Repartitioned<K, V> with(@Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new Repartitioned<>(null, keySerde, valueSerde, null, null);
    }

    public static <K, V> Repartitioned<K, V> streamPartitioner(@Nullable StreamPartitioner<K, V> partitioner) {
        return new Repartitioned<>(null, null, null, null, partitioner);
    }

    /** @throws TopologyException when the number is not positive */
    public static <K, V> Repartitioned<K, V> numberOfPartitions(int numberOfPartitions) {
        return new Repartitioned<>(null, null, null, numberOfPartitions, null);
    }

    @Override
    public Repartitioned<K, V> withName(@Nullable String name) {
        return new Repartitioned<>(name, keySerde, valueSerde, numberOfPartitions, partitioner);
    }

    /** @throws TopologyException when the number is not positive */
    public Repartitioned<K, V> withNumberOfPartitions(int numberOfPartitions) {
        return new Repartitioned<>(name, keySerde, valueSerde, numberOfPartitions, partitioner);
    }

    public Repartitioned<K, V> withKeySerde(@Nullable Serde<K> keySerde) {
        return new Repartitioned<>(name, keySerde, valueSerde, numberOfPartitions, partitioner);
    }

    public Repartitioned<K, V> withValueSerde(@Nullable Serde<V> valueSerde) {
        return new Repartitioned<>(name, keySerde, valueSerde, numberOfPartitions, partitioner);
    }

    public Repartitioned<K, V> withStreamPartitioner(@Nullable StreamPartitioner<K, V> partitioner) {
        return new Repartitioned<>(name, keySerde, valueSerde, numberOfPartitions, partitioner);
    }

    public @Nullable String name() {
        return name;
    }

    public @Nullable Serde<K> keySerde() {
        return keySerde;
    }

    public @Nullable Serde<V> valueSerde() {
        return valueSerde;
    }

    public @Nullable Integer numberOfPartitions() {
        return numberOfPartitions;
    }

    public @Nullable StreamPartitioner<K, V> streamPartitioner() {
        return partitioner;
    }
}
