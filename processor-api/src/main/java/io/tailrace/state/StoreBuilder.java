package io.tailrace.state;

import io.tailrace.processor.StateStore;
import java.util.Map;
import java.util.OptionalLong;

/** Makes one store per task. Two builders of one name are two stores and clash, so share the instance. */
public interface StoreBuilder<T extends StateStore> {
    /**
     * Keeps recent writes as objects in front of the store until the next commit, under the application's
     * {@code statestore.cache.max.bytes}. A store whose windows hold duplicates is never cached.
     */
    StoreBuilder<T> withCachingEnabled();

    /** Builds without a cache; the default. */
    StoreBuilder<T> withCachingDisabled();

    /**
     * Keeps a changelog topic, from which the store is restored; the default.
     *
     * @param config settings of that topic over the defaults; keys are topic configuration names
     */
    StoreBuilder<T> withLoggingEnabled(Map<String, String> config);

    /** Keeps no changelog topic: state that is lost with its directory stays lost. */
    StoreBuilder<T> withLoggingDisabled();

    /** A new store, not open yet, another one each time. */
    T build();

    /** The settings given to {@link #withLoggingEnabled}; empty when logging is disabled. */
    Map<String, String> logConfig();

    boolean loggingEnabled();

    /**
     * How long the store keeps a record at least, counted from the record's timestamp, in milliseconds; its changelog need not
     * keep them longer. Empty when it keeps records until they are replaced.
     */
    default OptionalLong retentionMs() {
        return OptionalLong.empty();
    }

    /**
     * How far back a versioned store can be read, in milliseconds of stream time; its changelog must not be compacted earlier,
     * because each version is a record of its own. Empty for a store of another kind.
     */
    default OptionalLong historyRetentionMs() {
        return OptionalLong.empty();
    }

    String name();
}
