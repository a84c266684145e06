package io.tailrace.dsl.operator;

import org.jspecify.annotations.Nullable;

/**
 * What flows along the edges of tables: one key got a new value.
 *
 * @param newValue null when the key was deleted
 * @param oldValue what the key had before, null for nothing; always null where no reader asked for old values
 */
public record Change<V>(@Nullable V newValue, @Nullable V oldValue) {}
