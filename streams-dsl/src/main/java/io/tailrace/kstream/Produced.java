package io.tailrace.kstream;

import io.tailrace.processor.StreamPartitioner;
import io.tailrace.serde.Serde;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a topic is written. Serdes that are not set are those of the stream, then those of the configuration; without a
 * partitioner the serialized key's hash decides, for a {@link io.tailrace.state.Windowed} key that of the key inside.
 *
 * <p>A builder: each {@code with…} method changes and returns this object, which the call that takes it reads once.
 */
public class Produced<K, V> implements NamedOperation<Produced<K, V>> {
    private @Nullable Serde<K> keySerde;
    private @Nullable Serde<V> valueSerde;
    private @Nullable StreamPartitioner<? super K, ? super V> partitioner;
    private @Nullable String name;

    private Produced() {}

    protected Produced(Produced<K, V> other) {
        keySerde = other.keySerde;
        valueSerde = other.valueSerde;
        partitioner = other.partitioner;
        name = other.name;
    }

    public static <K, V> Produced<K, V> with(@Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new Produced<K, V>().withKeySerde(keySerde).withValueSerde(valueSerde);
    }

    public static <K, V> Produced<K, V> with(
            @Nullable Serde<K> keySerde,
            @Nullable Serde<V> valueSerde,
            @Nullable StreamPartitioner<? super K, ? super V> partitioner) {
        return Produced.with(keySerde, valueSerde).withStreamPartitioner(partitioner);
    }

    public static <K, V> Produced<K, V> keySerde(@Nullable Serde<K> keySerde) {
        return new Produced<K, V>().withKeySerde(keySerde);
    }

    public static <K, V> Produced<K, V> valueSerde(@Nullable Serde<V> valueSerde) {
        return new Produced<K, V>().withValueSerde(valueSerde);
    }

    public static <K, V> Produced<K, V> streamPartitioner(
            @Nullable StreamPartitioner<? super K, ? super V> partitioner) {
        return new Produced<K, V>().withStreamPartitioner(partitioner);
    }

    /** @throws io.tailrace.errors.TopologyException when the name is illegal, see {@link Named} */
    public static <K, V> Produced<K, V> as(String name) {
        return new Produced<K, V>().withName(name);
    }

    public Produced<K, V> withKeySerde(@Nullable Serde<K> keySerde) {
        this.keySerde = keySerde;
        return this;
    }

    public Produced<K, V> withValueSerde(@Nullable Serde<V> valueSerde) {
        this.valueSerde = valueSerde;
        return this;
    }

    public Produced<K, V> withStreamPartitioner(@Nullable StreamPartitioner<? super K, ? super V> partitioner) {
        this.partitioner = partitioner;
        return this;
    }

    @Override
    public Produced<K, V> withName(String name) {
        Named.validate(name);
        this.name = name;
        return this;
    }

    public @Nullable Serde<K> keySerde() {
        return keySerde;
    }

    public @Nullable Serde<V> valueSerde() {
        return valueSerde;
    }

    public @Nullable StreamPartitioner<? super K, ? super V> streamPartitioner() {
        return partitioner;
    }

    public @Nullable String name() {
        return name;
    }

    /** Equal settings, whatever the name. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Produced<?, ?> that
                && Objects.equals(keySerde, that.keySerde)
                && Objects.equals(valueSerde, that.valueSerde)
                && Objects.equals(partitioner, that.partitioner);
    }

    @Override
    public int hashCode() {
        return Objects.hash(keySerde, valueSerde, partitioner);
    }
}
