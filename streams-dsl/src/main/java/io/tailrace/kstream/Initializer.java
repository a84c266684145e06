package io.tailrace.kstream;

import org.jspecify.annotations.Nullable;

/** Makes the aggregate that a key starts with. A new one each time if it is mutable. */
@FunctionalInterface
public interface Initializer<VAgg> {
    @Nullable
    VAgg apply();
}
