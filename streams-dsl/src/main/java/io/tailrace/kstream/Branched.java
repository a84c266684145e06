package io.tailrace.kstream;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What becomes of one branch of a {@link BranchedKStream}, and its name (KIP-418). Immutable. */
public class Branched<K, V> implements NamedOperation<Branched<K, V>> {
    private final @Nullable String name;
    private final @Nullable Function<? super KStream<K, V>, ? extends KStream<K, V>> chainFunction;
    private final @Nullable Consumer<? super KStream<K, V>> chainConsumer;

    protected Branched(
            @Nullable String name,
            @Nullable Function<? super KStream<K, V>, ? extends KStream<K, V>> chainFunction,
            @Nullable Consumer<? super KStream<K, V>> chainConsumer) {
        if (name != null) {
            Named.validate(name);
        }
        this.name = name;
        this.chainFunction = chainFunction;
        this.chainConsumer = chainConsumer;
    }

    protected Branched(Branched<K, V> other) {
        this(other.name, other.chainFunction, other.chainConsumer);
    }

    /** @param name goes behind the name of the split, in the map's key as well as in the topology */
    public static <K, V> Branched<K, V> as(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return new Branched<>(name, null, null);
    }

    /** @param chain its result is in the map in place of the branch; null keeps the branch out of it */
    public static <K, V> Branched<K, V> withFunction(
            Function<? super KStream<K, V>, ? extends @Nullable KStream<K, V>> chain) {
        Objects.requireNonNull(chain, "chain must not be null");
        return new Branched<>(null, chain, null);
    }

    /** @param chain takes the branch, which then is not in the map */
    public static <K, V> Branched<K, V> withConsumer(Consumer<KStream<K, V>> chain) {
        Objects.requireNonNull(chain, "chain must not be null");
        return new Branched<>(null, null, chain);
    }

    /** As {@link #withFunction(Function)} and {@link #as}. */
    public static <K, V> Branched<K, V> withFunction(
            Function<? super KStream<K, V>, ? extends @Nullable KStream<K, V>> chain, @Nullable String name) {
        Objects.requireNonNull(chain, "chain must not be null");
        return new Branched<>(name, chain, null);
    }

    /** As {@link #withConsumer(Consumer)} and {@link #as}. */
    public static <K, V> Branched<K, V> withConsumer(Consumer<? super KStream<K, V>> chain, @Nullable String name) {
        Objects.requireNonNull(chain, "chain must not be null");
        return new Branched<>(name, null, chain);
    }

    @Override
    public Branched<K, V> withName(String name) {
        Objects.requireNonNull(name, "name must not be null");
        return new Branched<>(name, chainFunction, chainConsumer);
    }

    public @Nullable String name() {
        return name;
    }

    public @Nullable Function<? super KStream<K, V>, ? extends @Nullable KStream<K, V>> chainFunction() {
        return chainFunction;
    }

    public @Nullable Consumer<? super KStream<K, V>> chainConsumer() {
        return chainConsumer;
    }
}
