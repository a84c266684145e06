package io.tailrace.storesuite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reads of all kinds of stores in one form. Entries are text: key, time and value. Times in epoch milliseconds, bounds
 * included. Null instead of a list: such a store is not read like that.
 */
interface Reads {
    /** The value, null when there is none. A session has both times, everything else the second one, or none. */
    @Nullable
    String get(String key, long startMs, long timeMs);

    /** All there is. */
    List<String> all(boolean forward);

    /** The entries of one key within a time, in the order of time. */
    @Nullable
    List<String> ofKey(String key, long fromMs, long toMs, boolean forward);

    /** The entries of several keys, null for no bound, within a time. */
    @Nullable
    List<String> range(@Nullable String from, @Nullable String to, long fromMs, long toMs, boolean forward);
}
