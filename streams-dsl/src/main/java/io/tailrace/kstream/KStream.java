package io.tailrace.kstream;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.processor.api.FixedKeyProcessorSupplier;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.state.KeyValueStore;

/**
 * An endless sequence of records, each a fact of its own, unlike the updates of a {@link KTable}. Keys and values may be
 * null.
 *
 * <p>Every method adds an operation to the program and returns at once; nothing runs before an application is started with
 * the topology. Functions given here are shared by all tasks and must be stateless. The variants with a {@link Named} name
 * the operation; the others name it after its kind and its place in the program.
 *
 * <p><b>Repartitioning:</b> an operation that may change keys ({@link #map}, {@link #flatMap}, {@link #selectKey},
 * {@link #groupBy}, {@link #process}) moves nothing by itself. An operation after it that needs equal keys in one
 * partition (a grouped aggregation, a join with a {@link KTable}, {@link #toTable}) then gets a repartition topic in front.
 *
 * <p>Timestamps and headers stay those of the input record, except where stated.
 */
public interface KStream<K, V> {
    /** Keeps the records for which the predicate holds. */
    KStream<K, V> filter(Predicate<? super K, ? super V> predicate);

    KStream<K, V> filter(Predicate<? super K, ? super V> predicate, Named named);

    /** Drops the records for which the predicate holds. */
    KStream<K, V> filterNot(Predicate<? super K, ? super V> predicate);

    KStream<K, V> filterNot(Predicate<? super K, ? super V> predicate, Named named);

    /** Gives every record a new key. */
    <KOut> KStream<KOut, V> selectKey(KeyValueMapper<? super K, ? super V, ? extends KOut> mapper);

    <KOut> KStream<KOut, V> selectKey(KeyValueMapper<? super K, ? super V, ? extends KOut> mapper, Named named);

    /** Gives every record a new key and a new value. Prefer {@link #mapValues} where the key stays. */
    <KOut, VOut> KStream<KOut, VOut> map(
            KeyValueMapper<? super K, ? super V, ? extends KeyValue<? extends KOut, ? extends VOut>> mapper);

    <KOut, VOut> KStream<KOut, VOut> map(
            KeyValueMapper<? super K, ? super V, ? extends KeyValue<? extends KOut, ? extends VOut>> mapper,
            Named named);

    /** Gives every record a new value. */
    <VOut> KStream<K, VOut> mapValues(ValueMapper<? super V, ? extends VOut> mapper);

    <VOut> KStream<K, VOut> mapValues(ValueMapper<? super V, ? extends VOut> mapper, Named named);

    <VOut> KStream<K, VOut> mapValues(ValueMapperWithKey<? super K, ? super V, ? extends VOut> mapper);

    <VOut> KStream<K, VOut> mapValues(ValueMapperWithKey<? super K, ? super V, ? extends VOut> mapper, Named named);

    /** Makes any number of records, none included, of each. Prefer {@link #flatMapValues} where the key stays. */
    <KOut, VOut> KStream<KOut, VOut> flatMap(
            KeyValueMapper<? super K, ? super V, ? extends Iterable<? extends KeyValue<? extends KOut, ? extends VOut>>>
                    mapper);

    <KOut, VOut> KStream<KOut, VOut> flatMap(
            KeyValueMapper<? super K, ? super V, ? extends Iterable<? extends KeyValue<? extends KOut, ? extends VOut>>>
                    mapper,
            Named named);

    /** Makes any number of records, none included, with the same key of each. */
    <VOut> KStream<K, VOut> flatMapValues(ValueMapper<? super V, ? extends Iterable<? extends VOut>> mapper);

    <VOut> KStream<K, VOut> flatMapValues(
            ValueMapper<? super V, ? extends Iterable<? extends VOut>> mapper, Named named);

    <VOut> KStream<K, VOut> flatMapValues(
            ValueMapperWithKey<? super K, ? super V, ? extends Iterable<? extends VOut>> mapper);

    <VOut> KStream<K, VOut> flatMapValues(
            ValueMapperWithKey<? super K, ? super V, ? extends Iterable<? extends VOut>> mapper, Named named);

    /** Prints every record, for a look at what flows by; nothing follows. */
    void print(Printed<K, V> printed);

    /** Does something with every record; nothing follows. */
    void foreach(ForeachAction<? super K, ? super V> action);

    void foreach(ForeachAction<? super K, ? super V> action, Named named);

    /** Does something with every record and passes it on unchanged. */
    KStream<K, V> peek(ForeachAction<? super K, ? super V> action);

    KStream<K, V> peek(ForeachAction<? super K, ? super V> action, Named named);

    /** Splits the stream by conditions. */
    BranchedKStream<K, V> split();

    /** @param named the prefix of the branches' names */
    BranchedKStream<K, V> split(Named named);

    /** The records of both streams; those of one stay in their order, those of the two are not ordered to each other. */
    KStream<K, V> merge(KStream<K, V> stream);

    KStream<K, V> merge(KStream<K, V> stream, Named named);

    /** As {@link #repartition(Repartitioned)} with everything by default. */
    KStream<K, V> repartition();

    /** Passes the stream through an internal topic, partitioned by the key as it is then. */
    KStream<K, V> repartition(Repartitioned<K, V> repartitioned);

    /** As {@link #to(String, Produced)} with everything by default. */
    void to(String topic);

    /** Writes the stream to a topic, which must exist. */
    void to(String topic, Produced<K, V> produced);

    /** As {@link #to(TopicNameExtractor, Produced)} with everything by default. */
    void to(TopicNameExtractor<K, V> topicExtractor);

    /** Writes each record to the topic that is chosen for it, which must exist. */
    void to(TopicNameExtractor<K, V> topicExtractor, Produced<K, V> produced);

    /** As {@link #toTable(Named, Materialized)} with everything by default. */
    KTable<K, V> toTable();

    KTable<K, V> toTable(Named named);

    KTable<K, V> toTable(Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized);

    /**
     * Takes the records as updates: a record replaces the one before it with the same key, a null value deletes it, a null
     * key is dropped. The table has a store only if one is named, or something that follows needs it.
     */
    KTable<K, V> toTable(Named named, Materialized<K, V, KeyValueStore<Bytes, byte[]>> materialized);

    /** As {@link #groupBy(KeyValueMapper, Grouped)} with the serdes of the stream and the configuration. */
    <KOut> KGroupedStream<KOut, V> groupBy(KeyValueMapper<? super K, ? super V, KOut> keySelector);

    /** Groups by a new key, behind a repartition topic. */
    <KOut> KGroupedStream<KOut, V> groupBy(
            KeyValueMapper<? super K, ? super V, KOut> keySelector, Grouped<KOut, V> grouped);

    /** As {@link #groupByKey(Grouped)} with the serdes of the stream and the configuration. */
    KGroupedStream<K, V> groupByKey();

    /** Groups by the key that the records have, behind a repartition topic only if that key may have changed. */
    KGroupedStream<K, V> groupByKey(Grouped<K, V> grouped);

    <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table, ValueJoiner<? super V, ? super TableValue, ? extends VOut> joiner);

    <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table,
            ValueJoinerWithKey<? super K, ? super V, ? super TableValue, ? extends VOut> joiner);

    <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table,
            ValueJoiner<? super V, ? super TableValue, ? extends VOut> joiner,
            Joined<K, V, TableValue> joined);

    /**
     * Looks every record up in the table as it is at that moment; a record without a match is dropped, and so is one whose
     * key or value is null. Only the stream triggers output. The topics of the two need equal numbers of partitions.
     */
    <TableValue, VOut> KStream<K, VOut> join(
            KTable<K, TableValue> table,
            ValueJoinerWithKey<? super K, ? super V, ? super TableValue, ? extends VOut> joiner,
            Joined<K, V, TableValue> joined);

    <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table, ValueJoiner<? super V, ? super VTable, ? extends VOut> joiner);

    <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table, ValueJoinerWithKey<? super K, ? super V, ? super VTable, ? extends VOut> joiner);

    <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table,
            ValueJoiner<? super V, ? super VTable, ? extends VOut> joiner,
            Joined<K, V, VTable> joined);

    /**
     * As {@link #join(KTable, ValueJoinerWithKey, Joined)}, but the joiner is called for a record without a match too, with
     * null for the table's value; so for one with a null key (KIP-962). A null value is dropped.
     */
    <VTable, VOut> KStream<K, VOut> leftJoin(
            KTable<K, VTable> table,
            ValueJoinerWithKey<? super K, ? super V, ? super VTable, ? extends VOut> joiner,
            Joined<K, V, VTable> joined);

    <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner);

    <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner);

    <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named);

    /**
     * Looks every record up in the global table by a key that is taken from it. A record without a match is dropped, and so
     * is one whose value or selected key is null. The record keeps its own key, which the joiner sees.
     */
    <GlobalKey, GlobalValue, VOut> KStream<K, VOut> join(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named);

    <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner);

    <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner);

    <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoiner<? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named);

    /**
     * As {@link #join(GlobalKTable, KeyValueMapper, ValueJoinerWithKey, Named)}, but the joiner is called for a record
     * without a match or without a selected key too, with null for the table's value. A null value is dropped.
     */
    <GlobalKey, GlobalValue, VOut> KStream<K, VOut> leftJoin(
            GlobalKTable<GlobalKey, GlobalValue> globalTable,
            KeyValueMapper<? super K, ? super V, ? extends GlobalKey> keySelector,
            ValueJoinerWithKey<? super K, ? super V, ? super GlobalValue, ? extends VOut> joiner,
            Named named);

    /**
     * Hands the records to a processor of the user's own, which may keep state and forward what it likes, under any key.
     *
     * @param stateStoreNames stores added to the builder that the processor uses, besides those it brings along itself
     */
    <KOut, VOut> KStream<KOut, VOut> process(
            ProcessorSupplier<? super K, ? super V, ? extends KOut, ? extends VOut> processorSupplier,
            String... stateStoreNames);

    <KOut, VOut> KStream<KOut, VOut> process(
            ProcessorSupplier<? super K, ? super V, ? extends KOut, ? extends VOut> processorSupplier,
            Named named,
            String... stateStoreNames);

    /** As {@link #process}, for a processor that keeps the keys, so that no repartitioning follows. */
    <VOut> KStream<K, VOut> processValues(
            FixedKeyProcessorSupplier<? super K, ? super V, ? extends VOut> processorSupplier,
            String... stateStoreNames);

    <VOut> KStream<K, VOut> processValues(
            FixedKeyProcessorSupplier<? super K, ? super V, ? extends VOut> processorSupplier,
            Named named,
            String... stateStoreNames);
}
