package io.tailrace.kstream;

import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.serde.Serde;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a topic is read. What is not set follows the application's configuration.
 *
 * <p>A builder: each {@code with…} method changes and returns this object, which the call that takes it reads once.
 */
public class Consumed<K, V> implements NamedOperation<Consumed<K, V>> {
    private @Nullable Serde<K> keySerde;
    private @Nullable Serde<V> valueSerde;
    private @Nullable TimestampExtractor timestampExtractor;
    private @Nullable AutoOffsetReset resetPolicy;
    private @Nullable String name;

    private Consumed() {}

    protected Consumed(Consumed<K, V> other) {
        keySerde = other.keySerde;
        valueSerde = other.valueSerde;
        timestampExtractor = other.timestampExtractor;
        resetPolicy = other.resetPolicy;
        name = other.name;
    }

    public static <K, V> Consumed<K, V> with(@Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        return new Consumed<K, V>().withKeySerde(keySerde).withValueSerde(valueSerde);
    }

    public static <K, V> Consumed<K, V> with(
            @Nullable Serde<K> keySerde,
            @Nullable Serde<V> valueSerde,
            @Nullable TimestampExtractor timestampExtractor,
            @Nullable AutoOffsetReset resetPolicy) {
        return Consumed.with(keySerde, valueSerde)
                .withTimestampExtractor(timestampExtractor)
                .withOffsetResetPolicy(resetPolicy);
    }

    public static <K, V> Consumed<K, V> with(@Nullable TimestampExtractor timestampExtractor) {
        return new Consumed<K, V>().withTimestampExtractor(timestampExtractor);
    }

    public static <K, V> Consumed<K, V> with(@Nullable AutoOffsetReset resetPolicy) {
        return new Consumed<K, V>().withOffsetResetPolicy(resetPolicy);
    }

    /** @throws io.tailrace.errors.TopologyException when the name is illegal, see {@link Named} */
    public static <K, V> Consumed<K, V> as(String name) {
        return new Consumed<K, V>().withName(name);
    }

    public Consumed<K, V> withKeySerde(@Nullable Serde<K> keySerde) {
        this.keySerde = keySerde;
        return this;
    }

    public Consumed<K, V> withValueSerde(@Nullable Serde<V> valueSerde) {
        this.valueSerde = valueSerde;
        return this;
    }

    public Consumed<K, V> withTimestampExtractor(@Nullable TimestampExtractor timestampExtractor) {
        this.timestampExtractor = timestampExtractor;
        return this;
    }

    /** Where to start without a committed offset (KIP-1106). */
    public Consumed<K, V> withOffsetResetPolicy(@Nullable AutoOffsetReset resetPolicy) {
        this.resetPolicy = resetPolicy;
        return this;
    }

    @Override
    public Consumed<K, V> withName(String name) {
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

    public @Nullable TimestampExtractor timestampExtractor() {
        return timestampExtractor;
    }

    public @Nullable AutoOffsetReset resetPolicy() {
        return resetPolicy;
    }

    public @Nullable String name() {
        return name;
    }

    /** Equal settings, whatever the name. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Consumed<?, ?> that
                && Objects.equals(keySerde, that.keySerde)
                && Objects.equals(valueSerde, that.valueSerde)
                && Objects.equals(timestampExtractor, that.timestampExtractor)
                && Objects.equals(resetPolicy, that.resetPolicy);
    }

    @Override
    public int hashCode() {
        return Objects.hash(keySerde, valueSerde, timestampExtractor, resetPolicy);
    }
}
