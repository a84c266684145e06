package io.tailrace.systemtests.parity;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.kstream.WindowedSerdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** Small programs that together use each operation in its variants. All topics hold strings unless the program says otherwise. */
final class KafkaPrograms {
    static final Map<String, Consumer<StreamsBuilder>> ALL = new LinkedHashMap<>();
    private static final Map<String, List<String>> INPUTS = new LinkedHashMap<>();
    private static final Map<String, Map<String, Object>> CONFIGS = new LinkedHashMap<>();

    static {
        add("stateless", List.of("in"), KafkaPrograms::stateless);
        add("branches", List.of("in", "other"), KafkaPrograms::branches);
        add("named", List.of("in", "other"), KafkaPrograms::named);
        add("counts", List.of("in"), KafkaPrograms::counts);
        add("aggregates", List.of("in"), KafkaPrograms::aggregates);
        add("aggregates to null", List.of("in"), KafkaPrograms::aggregatesToNull);
        add("repartitions", List.of("in", "other"), KafkaPrograms::repartitions);
        add("tumbling windows", List.of("in"), KafkaPrograms::tumblingWindows);
        add("hopping windows", List.of("in"), KafkaPrograms::hoppingWindows);
        add("stream-table joins", List.of("in", "table"), KafkaPrograms::tableJoins);
        add("joins after a new key", List.of("in", "table"), KafkaPrograms::rekeyedJoins);
        add("global table joins", List.of("in", "global"), KafkaPrograms::globalJoins);
        add("tables", List.of("table"), KafkaPrograms::tables);
        add("materialized tables", List.of("table"), KafkaPrograms::materializedTables);
        add("streams to tables", List.of("in"), KafkaPrograms::streamsToTables);
        add("default options", List.of("in"), KafkaPrograms::defaultOptions);
        add("processors", List.of("in"), KafkaPrograms::processors);
        add("bursts", List.of("in", "table"), KafkaPrograms::bursts);
        add("sessions", List.of("in"), KafkaStorePrograms::sessions);
        add("versions", List.of("in"), KafkaStorePrograms::versions);
        add("headers", List.of("in"), KafkaStorePrograms::headers);
        add("windows with headers", List.of("in"), KafkaStorePrograms::windowsWithHeaders);
        add("sessions with headers", List.of("in"), KafkaStorePrograms::sessionsWithHeaders);
        add("failures dropped", List.of("in"), KafkaFailures::program, KafkaFailures.dropped());
        add("failures told", List.of("in"), KafkaFailures::program, KafkaFailures.told());
        add("failures", List.of("in"), KafkaFailures::program, KafkaFailures.fatal());
        add("wrapped stateless", List.of("in"), KafkaPrograms::stateless, KafkaWrapper.configs());
        add("wrapped branches", List.of("in", "other"), KafkaPrograms::branches, KafkaWrapper.configs());
        add("wrapped repartitions", List.of("in", "other"), KafkaPrograms::repartitions, KafkaWrapper.configs());
        add("wrapped joins", List.of("in", "table"), KafkaPrograms::tableJoins, KafkaWrapper.configs());
        add("wrapped processors", List.of("in"), KafkaPrograms::processors, KafkaWrapper.configs());
    }

    private KafkaPrograms() {}

    private static void add(String name, List<String> inputs, Consumer<StreamsBuilder> program) {
        add(name, inputs, program, Map.of());
    }

    private static void add(
            String name, List<String> inputs, Consumer<StreamsBuilder> program, Map<String, Object> configs) {
        ALL.put(name, program);
        INPUTS.put(name, inputs);
        CONFIGS.put(name, configs);
    }

    static List<String> inputs(String program) {
        return INPUTS.getOrDefault(program, List.of());
    }

    /** What it needs to be configured, beside defaults. */
    static Map<String, Object> configs(String program) {
        return CONFIGS.getOrDefault(program, Map.of());
    }

    static Topology build(String program, Properties config) {
        StreamsBuilder builder = builder(new StreamsConfig(config));
        Consumer<StreamsBuilder> definition = ALL.get(program);
        if (definition == null) {
            throw new IllegalArgumentException("no program " + program + ", there are " + ALL.keySet());
        }
        definition.accept(builder);
        return builder.build();
    }

    /** Kafka Streams wants the wrapper to be known to the builder; here it is enough that the application knows it. */
    private static StreamsBuilder builder(StreamsConfig config) {
        try {
            for (Constructor<?> constructor : StreamsBuilder.class.getConstructors()) {
                if (constructor.getParameterCount() == 1) {
                    Object topologyConfig = constructor
                            .getParameterTypes()[0]
                            .getConstructor(StreamsConfig.class)
                            .newInstance(config);
                    return (StreamsBuilder) constructor.newInstance(topologyConfig);
                }
            }
            return new StreamsBuilder();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the builder does not take a configuration as expected", e);
        }
    }

    private static <V, S extends StateStore> Materialized<String, V, S> inMemory(Serde<V> values) {
        return Materialized.<String, V, S>with(Serdes.String(), values)
                .withStoreType(BuiltInDslStoreSuppliers.IN_MEMORY);
    }

    private static <V, S extends StateStore> Materialized<String, V, S> inMemory(String name, Serde<V> values) {
        return Materialized.<String, V, S>as(name)
                .withKeySerde(Serdes.String())
                .withValueSerde(values)
                .withStoreType(BuiltInDslStoreSuppliers.IN_MEMORY);
    }

    private static Produced<Windowed<String>, Long> windowedLongs(Duration size) {
        return Produced.with(WindowedSerdes.timeWindowedSerdeFrom(String.class, size.toMillis()), Serdes.Long());
    }

    private static void stateless(StreamsBuilder builder) {
        KStream<String, String> in = builder.stream("in");
        in.filter((key, value) -> value != null && value.length() > 1).to("filtered");
        in.filterNot((key, value) -> "a".equals(key)).to("rest");
        in.map((key, value) -> KeyValue.pair(value, key)).to("swapped");
        in.mapValues(value -> value + "!").to("shouted");
        in.mapValues((key, value) -> key + value).to("both");
        in.flatMap((key, value) -> value == null
                        ? List.<KeyValue<String, String>>of()
                        : List.of(KeyValue.pair(value, key), KeyValue.pair(key, value)))
                .to("two");
        in.flatMapValues(value -> value == null ? List.<String>of() : List.of(value, value + value))
                .to("doubled");
        in.flatMapValues((key, value) -> List.of(key + "", value + "")).to("parts");
        in.selectKey((key, value) -> value).to("keyed");
        StringBuilder seen = new StringBuilder();
        in.peek((key, value) -> seen.append(key))
                .mapValues(value -> seen.length() + "")
                .to("peeked");
        in.foreach((key, value) -> seen.append(value));
        in.merge(in.mapValues(value -> "m" + value)).to("merged");
        in.to((key, value, context) -> context.offset() % 2 == 0 ? "even" : "odd");
    }

    private static void branches(StreamsBuilder builder) {
        KStream<String, String> in = builder.stream(List.of("in", "other"));
        Map<String, KStream<String, String>> branches = in.split(Named.as("by-key-"))
                .branch((key, value) -> "a".equals(key), Branched.as("a"))
                .branch((key, value) -> "b".equals(key))
                .branch((key, value) -> value == null, Branched.withConsumer(nulls -> nulls.to("nulls")))
                .branch(
                        (key, value) -> value.startsWith("x"),
                        Branched.withFunction(xs -> xs.mapValues(value -> value.substring(1)), "x"))
                .defaultBranch(Branched.as("others"));
        new TreeMap<>(branches).forEach((name, stream) -> stream.to("out-" + name));
        in.split().branch((key, value) -> "c".equals(key)).noDefaultBranch().forEach((name, stream) -> stream.to(name));
        in.split().defaultBranch().forEach((name, stream) -> stream.to("all-" + name));
    }

    private static void named(StreamsBuilder builder) {
        KStream<String, String> in = builder.stream("in", Consumed.as("the-source"));
        KStream<String, String> other = builder.stream(
                "other", Consumed.<String, String>as("other-source").withKeySerde(Serdes.String()));
        in.filter((key, value) -> value != null, Named.as("no-nulls"))
                .map((key, value) -> KeyValue.pair(value, key), Named.as("swap"))
                .merge(other, Named.as("both"))
                .peek((key, value) -> {}, Named.as("look"))
                .groupByKey(Grouped.as("by-key"))
                .count(Named.as("counting"), inMemory("count-store", Serdes.Long()))
                .toStream(Named.as("stream-of-counts"))
                .to("counts", Produced.<String, Long>as("the-sink").withValueSerde(Serdes.Long()));
        other.groupBy((key, value) -> value, Grouped.as("regrouped"))
                .reduce((left, right) -> left + right, Named.as("reducing"), inMemory(Serdes.String()))
                .filter((key, value) -> value.length() < 9, Named.as("short-ones"))
                .mapValues(value -> value + ".", Named.as("dotted"))
                .toStream((key, value) -> key + "~", Named.as("renamed"))
                .to("reduced");
        in.selectKey((key, value) -> value, Named.as("select"))
                .repartition(Repartitioned.as("explicit"))
                .toTable(Named.as("as-table"), inMemory("table-store", Serdes.String()))
                .toStream()
                .to("table");
    }

    private static void counts(StreamsBuilder builder) {
        KStream<String, String> in = builder.stream("in");
        KTable<String, Long> counts = in.groupByKey().count(inMemory(Serdes.Long()));
        counts.toStream().to("counts", Produced.valueSerde(Serdes.Long()));
        counts.filter((key, count) -> count % 2 == 0).toStream().to("even", Produced.valueSerde(Serdes.Long()));
        counts.filterNot((key, count) -> count % 3 == 0, inMemory("not-thirds", Serdes.Long()))
                .mapValues((key, count) -> key + count)
                .toStream()
                .to("labels");
        in.groupBy((key, value) -> value)
                .count(inMemory("by-value", Serdes.Long()))
                .toStream()
                .to("by-value", Produced.valueSerde(Serdes.Long()));
    }

    private static void aggregates(StreamsBuilder builder) {
        KStream<String, String> in = builder.stream("in");
        in.groupByKey()
                .reduce((left, right) -> left + right, inMemory(Serdes.String()))
                .toStream()
                .to("reduced");
        in.groupByKey()
                .aggregate(() -> "", (key, value, all) -> all + value, inMemory("joined", Serdes.String()))
                .toStream()
                .to("joined");
        in.flatMapValues(value -> value == null ? List.<String>of() : List.of(value, value))
                .groupByKey()
                .count(inMemory("twice", Serdes.Long()))
                .toStream()
                .to("twice", Produced.valueSerde(Serdes.Long()));
    }

    private static void aggregatesToNull(StreamsBuilder builder) {
        KStream<String, String> in = builder.stream("in");
        KTable<String, String> last = in.groupByKey()
                .reduce((left, right) -> right.equals("x") ? null : left + right, inMemory("last", Serdes.String()));
        last.toStream().to("last");
        last.filter((key, value) -> value.length() > 2).toStream().to("long");
        last.filter((key, value) -> value.length() > 2, inMemory("long-kept", Serdes.String()))
                .toStream()
                .to("long-kept");
        in.groupByKey()
                .aggregate(
                        () -> null,
                        (key, value, all) -> value.equals("1") ? null : all == null ? value : all + value,
                        inMemory("nullable", Serdes.String()))
                .mapValues(value -> value.startsWith("2") ? null : value, inMemory("mapped", Serdes.String()))
                .toStream()
                .to("nullable");
    }

    private static void repartitions(StreamsBuilder builder) {
        KStream<String, String> in = builder.stream("in");
        KStream<String, String> keyed = in.selectKey((key, value) -> value);
        keyed.groupByKey().count(inMemory(Serdes.Long())).toStream().to("one", Produced.valueSerde(Serdes.Long()));
        keyed.mapValues(value -> value + value)
                .groupByKey(Grouped.with(Serdes.String(), Serdes.String()))
                .count(inMemory(Serdes.Long()))
                .toStream()
                .to("two", Produced.valueSerde(Serdes.Long()));
        keyed.repartition().mapValues(value -> "r" + value).to("explicit");
        in.repartition(Repartitioned.<String, String>as("unneeded").withNumberOfPartitions(1))
                .to("unneeded");
        KStream<String, String> other = builder.stream("other");
        other.to("other-copy");
        builder.<String, String>stream("in2-unused").to("unused");
    }

    private static void tumblingWindows(StreamsBuilder builder) {
        Duration size = Duration.ofSeconds(10);
        TimeWindows windows = TimeWindows.ofSizeAndGrace(size, Duration.ofSeconds(5));
        KStream<String, String> in = builder.stream("in");
        in.groupByKey()
                .windowedBy(windows)
                .count(inMemory("counts", Serdes.Long()))
                .toStream()
                .to("counts", windowedLongs(size));
        in.groupByKey()
                .windowedBy(TimeWindows.ofSizeWithNoGrace(size))
                .count(inMemory(Serdes.Long()))
                .filter((key, count) -> count > 1)
                .toStream()
                .to("no-grace", windowedLongs(size));
        in.groupByKey()
                .windowedBy(windows)
                .aggregate(() -> "", (key, value, all) -> all + value, inMemory("joined", Serdes.String()))
                .toStream((key, value) -> key.key() + key.window().start())
                .to("joined");
    }

    private static void hoppingWindows(StreamsBuilder builder) {
        Duration size = Duration.ofSeconds(10);
        TimeWindows windows =
                TimeWindows.ofSizeAndGrace(size, Duration.ofSeconds(20)).advanceBy(Duration.ofSeconds(4));
        KStream<String, String> in = builder.stream("in");
        in.groupBy((key, value) -> value + "")
                .windowedBy(windows)
                .count(Named.as("hops"), inMemory(Serdes.Long()))
                .toStream()
                .to("counts", windowedLongs(size));
        in.filter((key, value) -> value != null)
                .groupByKey()
                .windowedBy(windows)
                .reduce((left, right) -> right.equals("x") ? null : left + right, inMemory("reduced", Serdes.String()))
                .mapValues((key, value) -> value + key.window().start())
                .toStream((key, value) -> key.toString())
                .to("reduced");
    }

    private static void tableJoins(StreamsBuilder builder) {
        KTable<String, String> table = builder.table("table", inMemory(Serdes.String()));
        KStream<String, String> in = builder.stream("in");
        in.join(table, (left, right) -> left + "+" + right).to("inner");
        in.leftJoin(table, (left, right) -> left + "+" + right).to("left");
        in.join(table, (key, left, right) -> key + left + right, Joined.as("named-join"))
                .to("with-key");
        in.leftJoin(table.filter((key, value) -> value.length() > 1), (left, right) -> left + "?" + right)
                .to("filtered");
        in.join(
                        table.mapValues(value -> value + "'", inMemory("mapped", Serdes.String())),
                        (left, right) -> left + right)
                .to("mapped");
    }

    private static void rekeyedJoins(StreamsBuilder builder) {
        KTable<String, String> table = builder.table("table", inMemory("the-table", Serdes.String()));
        KStream<String, String> in = builder.stream("in");
        in.selectKey((key, value) -> value)
                .leftJoin(table, (left, right) -> left + "+" + right)
                .groupByKey()
                .count(inMemory(Serdes.Long()))
                .toStream()
                .to("counts", Produced.valueSerde(Serdes.Long()));
        in.map((key, value) -> KeyValue.pair(key, value + "m"))
                .join(
                        table,
                        (left, right) -> left + right,
                        Joined.with(Serdes.String(), Serdes.String(), null, "rekeyed"))
                .to("joined");
    }

    private static void globalJoins(StreamsBuilder builder) {
        GlobalKTable<String, String> table = builder.globalTable("global", inMemory("globals", Serdes.String()));
        KStream<String, String> in = builder.stream("in");
        in.join(table, (key, value) -> value, (left, right) -> left + "+" + right)
                .to("inner");
        in.leftJoin(table, (key, value) -> key, (left, right) -> left + "+" + right)
                .to("left");
        in.leftJoin(table, (key, value) -> value, (key, left, right) -> key + left + right, Named.as("global-join"))
                .to("with-key");
    }

    private static void tables(StreamsBuilder builder) {
        KTable<String, String> table = builder.table("table");
        table.toStream().to("all");
        table.filter((key, value) -> value.length() > 1).toStream().to("long");
        table.filterNot((key, value) -> value.length() > 1)
                .mapValues(value -> value + "s")
                .toStream()
                .to("short");
        table.mapValues((key, value) -> value.equals("x") ? null : key + value)
                .toStream()
                .to("mapped");
    }

    private static void materializedTables(StreamsBuilder builder) {
        KTable<String, String> table = builder.table("table", inMemory("source", Serdes.String()));
        table.toStream().to("all");
        table.filter((key, value) -> value.length() > 1, inMemory("long", Serdes.String()))
                .toStream()
                .to("long");
        table.mapValues(value -> value.equals("x") ? null : value + "s", inMemory("mapped", Serdes.String()))
                .filterNot((key, value) -> value.startsWith("1"))
                .toStream()
                .to("mapped");
    }

    private static void streamsToTables(StreamsBuilder builder) {
        KStream<String, String> in = builder.stream("in");
        in.toTable().toStream().to("virtual");
        in.toTable(inMemory("kept", Serdes.String())).toStream().to("kept");
        in.selectKey((key, value) -> value)
                .toTable(inMemory(Serdes.String()))
                .mapValues(value -> value + "t")
                .toStream()
                .to("rekeyed");
    }

    private static void defaultOptions(StreamsBuilder builder) {
        KStream<String, String> in = builder.stream("in");
        KTable<String, Long> counts = in.groupByKey().count();
        counts.mapValues(count -> "n" + count).toStream().to("counts");
        in.groupByKey()
                .count(Named.as("counting"))
                .mapValues(count -> "n" + count)
                .toStream()
                .to("named-counts");
        in.groupByKey().reduce((left, right) -> right).toStream().to("last");
        in.groupByKey()
                .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofSeconds(5)))
                .count()
                .mapValues(count -> "w" + count)
                .toStream((key, count) -> key.key())
                .to("windowed");
    }

    /** Each record changes the same keys and windows several times. */
    private static void bursts(StreamsBuilder builder) {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("sizes"), Serdes.String(), Serdes.Long())
                        .withCachingEnabled());
        KStream<String, String> burst = builder.<String, String>stream("in")
                .flatMapValues(value ->
                        value == null ? List.<String>of() : List.of(value, "x", value + "1", value.substring(1), "22"));
        KTable<String, String> last = burst.groupByKey()
                .reduce(
                        (left, right) -> right.equals("x") ? null : left.length() > 5 ? right : left + right,
                        inMemory("last", Serdes.String()));
        last.toStream().to("last");
        last.filter((key, value) -> value.length() > 4, inMemory("long", Serdes.String()))
                .mapValues(value -> value.startsWith("2") ? null : value + "!", inMemory("mapped", Serdes.String()))
                .toStream()
                .to("mapped");
        last.filterNot((key, value) -> value.length() > 4).toStream().to("short");
        burst.toTable(inMemory("table", Serdes.String())).toStream().to("table-out");
        burst.groupByKey()
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofSeconds(10), Duration.ofSeconds(20))
                        .advanceBy(Duration.ofSeconds(4)))
                .reduce((left, right) -> right.equals("x") ? null : left + right, inMemory("hops", Serdes.String()))
                .toStream((key, value) -> key.toString())
                .to("hops");
        burst.process(Several::new, "sizes").to("sizes", Produced.valueSerde(Serdes.Long()));
        Materialized<String, String, KeyValueStore<Bytes, byte[]>> atOnce = inMemory("uncached", Serdes.String());
        KTable<String, String> uncached = builder.table("table", atOnce.withCachingDisabled());
        uncached.filter((key, value) -> value.length() > 1, inMemory("cached", Serdes.String()))
                .toStream()
                .to("filtered");
    }

    /** Writes and reads several entries for each record. */
    private static final class Several extends ContextualProcessor<String, String, String, Long> {
        @Override
        public void process(Record<String, String> record) {
            KeyValueStore<String, Long> sizes = context().getStateStore("sizes");
            String value = record.value();
            sizes.put(value, record.timestamp());
            sizes.delete(record.key() + "1");
            sizes.put(record.key() + value, (long) value.length());
            Long first = sizes.putIfAbsent("first", record.timestamp());
            Long known = sizes.get(record.key() + "22");
            long count = known == null ? 0 : known;
            context().forward(record.withValue(first == null ? count : count + first));
        }
    }

    private static void processors(StreamsBuilder builder) {
        builder.addStateStore(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("sums"), Serdes.String(), Serdes.Long()));
        KStream<String, String> in = builder.stream("in");
        in.process(Sums::new, "sums").to("sums", Produced.valueSerde(Serdes.Long()));
        in.process(Sums::new, Named.as("again"), "sums").to("sums-again", Produced.valueSerde(Serdes.Long()));
        in.processValues(Places::new, Named.as("places")).to("places");
    }

    /** Sums the lengths of values per key; tells them from punctuators of both kinds. */
    private static final class Sums extends ContextualProcessor<String, String, String, Long> {
        @Override
        public void init(ProcessorContext<String, Long> context) {
            super.init(context);
            context.schedule(Duration.ofSeconds(7), PunctuationType.STREAM_TIME, now -> tell("stream", now));
            context.schedule(Duration.ofSeconds(5), PunctuationType.WALL_CLOCK_TIME, now -> tell("wall", now));
        }

        @Override
        public void process(Record<String, String> record) {
            if (record.key() == null || record.value() == null) {
                context().forward(record.withValue(context().currentStreamTimeMs()));
                return;
            }
            Long old = sums().get(record.key());
            long sum = (old == null ? 0 : old) + record.value().length();
            sums().put(record.key(), sum);
            if (sum > 20) {
                sums().delete(record.key());
            }
            context().forward(record.withValue(sum).withTimestamp(record.timestamp() + 1));
        }

        private KeyValueStore<String, Long> sums() {
            return context().getStateStore("sums");
        }

        private void tell(String kind, long now) {
            try (var all = sums().all()) {
                all.forEachRemaining(sum -> context().forward(new Record<>(kind + sum.key, sum.value, now)));
            }
        }
    }

    /** Answers where a record came from. */
    private static final class Places extends ContextualFixedKeyProcessor<String, String, String> {
        @Override
        public void process(FixedKeyRecord<String, String> record) {
            String place = context()
                    .recordMetadata()
                    .map(metadata -> metadata.topic() + metadata.partition() + metadata.offset())
                    .orElse("nowhere");
            context()
                    .forward(record.withValue(
                            place + context().taskId() + context().currentStreamTimeMs()));
        }
    }
}
