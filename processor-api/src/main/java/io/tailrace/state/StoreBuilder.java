package io.tailrace.state;

import io.tailrace.processor.StateStore;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Makes one store per task. Two builders of one name are two stores and clash, so share the instance.
 *
 * <p>There is no record cache yet, hence no way to turn one on: every store is built without.
 */
public interface StoreBuilder<T extends StateStore> {
    /** Builds without a cache, which every store is: for code that says so explicitly. */
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

    String name();
}
