package io.tailrace.kstream;

import io.tailrace.serde.Serde;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is joined with a table: the serdes of a repartition topic, should the stream need one, and the name of the
 * join and of that topic, {@code <name>-repartition}. Immutable.
 */
public class Joined<K, VLeft, VRight> implements NamedOperation<Joined<K, VLeft, VRight>> {
    private final @Nullable Serde<K> keySerde;
    private final @Nullable Serde<VLeft> leftValueSerde;
    private final @Nullable Serde<VRight> rightValueSerde;
    private final @Nullable String name;

    private Joined(
            @Nullable Serde<K> keySerde,
            @Nullable Serde<VLeft> leftValueSerde,
            @Nullable Serde<VRight> rightValueSerde,
            @Nullable String name) {
        if (name != null) {
            Named.validate(name);
        }
        this.keySerde = keySerde;
        this.leftValueSerde = leftValueSerde;
        this.rightValueSerde = rightValueSerde;
        this.name = name;
    }

    protected Joined(Joined<K, VLeft, VRight> other) {
        this(other.keySerde, other.leftValueSerde, other.rightValueSerde, other.name);
    }

    public static <K, VLeft, VRight> Joined<K, VLeft, VRight> with(
            @Nullable Serde<K> keySerde,
            @Nullable Serde<VLeft> leftValueSerde,
            @Nullable Serde<VRight> rightValueSerde) {
        return new Joined<>(keySerde, leftValueSerde, rightValueSerde, null);
    }

    /** @throws io.tailrace.errors.TopologyException when the name is illegal, see {@link Named} */
    public static <K, VLeft, VRight> Joined<K, VLeft, VRight> with(
            @Nullable Serde<K> keySerde,
            @Nullable Serde<VLeft> leftValueSerde,
            @Nullable Serde<VRight> rightValueSerde,
            @Nullable String name) {
        return new Joined<>(keySerde, leftValueSerde, rightValueSerde, name);
    }

    public static <K, VLeft, VRight> Joined<K, VLeft, VRight> keySerde(@Nullable Serde<K> keySerde) {
        return new Joined<>(keySerde, null, null, null);
    }

    public static <K, VLeft, VRight> Joined<K, VLeft, VRight> valueSerde(@Nullable Serde<VLeft> leftValueSerde) {
        return new Joined<>(null, leftValueSerde, null, null);
    }

    public static <K, VLeft, VRight> Joined<K, VLeft, VRight> otherValueSerde(@Nullable Serde<VRight> rightValueSerde) {
        return new Joined<>(null, null, rightValueSerde, null);
    }

    /** @throws io.tailrace.errors.TopologyException when the name is illegal, see {@link Named} */
    public static <K, VLeft, VRight> Joined<K, VLeft, VRight> as(@Nullable String name) {
        return new Joined<>(null, null, null, name);
    }

    public Joined<K, VLeft, VRight> withKeySerde(@Nullable Serde<K> keySerde) {
        return new Joined<>(keySerde, leftValueSerde, rightValueSerde, name);
    }

    public Joined<K, VLeft, VRight> withValueSerde(@Nullable Serde<VLeft> leftValueSerde) {
        return new Joined<>(keySerde, leftValueSerde, rightValueSerde, name);
    }

    /** The serde of the table's values, known to the table already; for code that says so explicitly. */
    public Joined<K, VLeft, VRight> withOtherValueSerde(@Nullable Serde<VRight> rightValueSerde) {
        return new Joined<>(keySerde, leftValueSerde, rightValueSerde, name);
    }

    @Override
    public Joined<K, VLeft, VRight> withName(@Nullable String name) {
        return new Joined<>(keySerde, leftValueSerde, rightValueSerde, name);
    }

    public @Nullable Serde<K> keySerde() {
        return keySerde;
    }

    public @Nullable Serde<VLeft> leftValueSerde() {
        return leftValueSerde;
    }

    public @Nullable Serde<VRight> rightValueSerde() {
        return rightValueSerde;
    }

    public @Nullable String name() {
        return name;
    }
}
