package io.tailrace.common.header;

import org.jspecify.annotations.Nullable;

/**
 * The headers of one record, in the order of adding. Iterates over all of them; keys may repeat. Once the record has been
 * handed to a producer the headers are read-only, and every change fails with {@link IllegalStateException}.
 */
public interface Headers extends Iterable<Header> {
    /** Appends; an equal header that is there already stays. Returns this. */
    Headers add(Header header);

    /** Appends; a header with the same key stays. Returns this. */
    Headers add(String key, byte @Nullable [] value);

    /** Removes every header with the key. Returns this. */
    Headers remove(String key);

    /** The header with the key that was added last, or null. */
    @Nullable
    Header lastHeader(String key);

    /** The headers with the key, in the order of adding: a live view. */
    Iterable<Header> headers(String key);

    /** A new array, in the order of adding. */
    Header[] toArray();
}
