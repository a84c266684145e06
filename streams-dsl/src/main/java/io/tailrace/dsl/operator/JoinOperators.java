package io.tailrace.dsl.operator;

import static io.tailrace.dsl.operator.UserCode.asGiven;

import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The operators that join. */
public final class JoinOperators {
    private JoinOperators() {}

    /** Joins each record with what the table has for it at that moment; the result has the record's key and timestamp. */
    public static <K, V, TK, TV, R> ProcessorSupplier<K, V, K, R> lookUp(
            String name, StreamJoin<K, V, TK, TV, R> join, TableLookup<TK, TV> table) {
        return () -> new LookUp<>(name, join, table);
    }

    private static final class LookUp<K, V, TK, TV, R> extends ContextualProcessor<K, V, K, R> {
        private final String name;
        private final StreamJoin<K, V, TK, TV, R> join;
        private final TableLookup<TK, TV> table;
        private TableLookup.@Nullable Reader<TK, TV> reader;
        private @Nullable DroppedRecords dropped;

        LookUp(String name, StreamJoin<K, V, TK, TV, R> join, TableLookup<TK, TV> table) {
            this.name = name;
            this.join = join;
            this.table = table;
        }

        @Override
        public void init(ProcessorContext<K, R> context) {
            super.init(context);
            reader = table.open(context);
            dropped = new DroppedRecords(name, context);
        }

        @Override
        public void process(Record<K, V> record) {
            V value = record.value();
            TK tableKey = value == null ? null : tableKey(record.key(), value);
            if (value == null || (tableKey == null && !join.left())) {
                if (dropped != null) {
                    dropped.add(value == null ? "its value is null" : "its join key is null");
                }
                return;
            }
            TV match = tableKey == null || reader == null ? null : reader.get(tableKey);
            if (match != null || join.left()) {
                R result = join.joiner().apply(asGiven(record.key()), value, asGiven(match));
                context().forward(record.<R>withValue(result));
            }
        }

        @SuppressWarnings("unchecked") // without a selector the table has the stream's key type
        private @Nullable TK tableKey(@Nullable K key, V value) {
            return join.keySelector() == null ? (TK) key : join.keySelector().apply(asGiven(key), value);
        }

        @Override
        public void close() {
            if (dropped != null) {
                dropped.logCount();
            }
        }
    }
}
