package io.tailrace.common.header;

import org.jspecify.annotations.Nullable;

/** One header of a record: a key and bytes. */
public interface Header {
    String key();

    /** The bytes, not copied: do not change them. Null is a value that may be stored. */
    byte @Nullable [] value();
}
