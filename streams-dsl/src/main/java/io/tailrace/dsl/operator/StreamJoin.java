package io.tailrace.dsl.operator;

import io.tailrace.kstream.KeyValueMapper;
import io.tailrace.kstream.ValueJoinerWithKey;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a stream are joined with the values of a table.
 *
 * @param keySelector takes the table's key from a record; null for the record's own key
 * @param left whether a record without a match is joined with null, and not dropped
 */
public record StreamJoin<K, V, TK, TV, R>(
        @Nullable KeyValueMapper<? super K, ? super V, ? extends TK> keySelector,
        ValueJoinerWithKey<? super K, ? super V, ? super TV, ? extends R> joiner,
        boolean left) {}
