package io.tailrace.storesuite;

import io.tailrace.state.StoreBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** One way to build a store. {@link #all} is the only list of them. */
record StoreVariant(StoreKind kind, Storage storage, Caching caching, boolean logged) {
    static List<StoreVariant> all() {
        List<StoreVariant> all = new ArrayList<>();
        for (StoreKind kind : StoreKind.values()) {
            for (Storage storage : kind.storages()) {
                for (Caching caching : kind.cachings()) {
                    all.add(new StoreVariant(kind, storage, caching, true));
                    all.add(new StoreVariant(kind, storage, caching, false));
                }
            }
        }
        return all;
    }

    boolean cached() {
        return caching != Caching.NONE;
    }

    boolean persistent() {
        return storage == Storage.ROCKSDB;
    }

    StoreBuilder<?> builder() {
        return builder(StoreKind.RETENTION);
    }

    StoreBuilder<?> builder(Duration retention) {
        StoreBuilder<?> builder = kind.builder(storage, caching, retention);
        if (cached()) {
            builder.withCachingEnabled();
        }
        if (!logged) {
            builder.withLoggingDisabled();
        }
        return builder;
    }

    @Override
    public String toString() {
        return (kind + " in " + storage + (cached() ? ", cache of " + caching : "") + (logged ? ", logged" : ""))
                .toLowerCase(Locale.ROOT);
    }

    /** The variants of the kinds whose suite the test class is. */
    static final class OfSuite implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            Class<?> suite = context.getRequiredTestClass();
            return all().stream()
                    .filter(variant -> variant.kind().form.suite == suite)
                    .map(Arguments::of);
        }
    }
}
