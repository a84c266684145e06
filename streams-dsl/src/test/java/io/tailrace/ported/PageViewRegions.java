package io.tailrace.ported;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.kstream.Branched;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.GlobalKTable;
import io.tailrace.kstream.Grouped;
import io.tailrace.kstream.Joined;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.Repartitioned;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.kstream.WindowedSerdes;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.WindowStore;
import io.tailrace.state.Windowed;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A program as one writes it for Kafka Streams: views of pages are joined with the users' regions and counted per region in
 * hopping windows. Apart from the imports it would compile against Kafka Streams as it is.
 */
final class PageViewRegions {
    private PageViewRegions() {}

    static Topology topology() {
        final Serde<String> stringSerde = Serdes.String();
        final Serde<Long> longSerde = Serdes.Long();
        final StreamsBuilder builder = new StreamsBuilder();

        final StoreBuilder<KeyValueStore<String, Long>> seen = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("seen"), stringSerde, longSerde)
                .withLoggingDisabled();
        builder.addStateStore(seen);

        final KStream<String, String> views =
                builder.stream("page-views", Consumed.with(Serdes.String(), Serdes.String()));
        final KTable<String, String> regions = builder.table(
                "user-regions",
                Consumed.with(stringSerde, stringSerde),
                Materialized.<String, String, KeyValueStore<Bytes, byte[]>>as("regions-store")
                        .withCachingDisabled());
        final GlobalKTable<String, String> pages =
                builder.globalTable("pages", Materialized.with(Serdes.String(), Serdes.String()));

        final KStream<String, String> byRegion = views.filter((user, page) -> user != null && !page.isBlank())
                .mapValues(page -> page.toLowerCase(Locale.ROOT))
                .leftJoin(
                        regions,
                        (page, region) -> region == null ? "UNKNOWN|" + page : region + "|" + page,
                        Joined.with(stringSerde, stringSerde, null))
                .map((user, regionAndPage) -> {
                    final String[] parts = regionAndPage.split("\\|", 2);
                    return KeyValue.pair(parts[0], parts[1]);
                });

        final KTable<Windowed<String>, Long> counts = byRegion.groupByKey(
                        Grouped.with("by-region", stringSerde, stringSerde))
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofMinutes(5), Duration.ofMinutes(1))
                        .advanceBy(Duration.ofMinutes(1)))
                .count(Materialized.<String, Long, WindowStore<Bytes, byte[]>>as("region-counts")
                        .withRetention(Duration.ofHours(1)));
        counts.toStream()
                .to(
                        "region-counts",
                        Produced.with(
                                WindowedSerdes.timeWindowedSerdeFrom(
                                        String.class, Duration.ofMinutes(5).toMillis()),
                                longSerde));

        views.join(pages, (user, page) -> page, (page, title) -> title, Named.as("titles"))
                .flatMapValues(title -> Arrays.asList(title.split("\\W+")))
                .groupBy((user, word) -> word, Grouped.with(stringSerde, stringSerde))
                .aggregate(
                        () -> 0L, (word, same, count) -> count + 1, Materialized.with(Serdes.String(), Serdes.Long()))
                .filter((word, count) -> count > 1)
                .toStream()
                .to("frequent-words", Produced.with(stringSerde, longSerde));

        final Map<String, KStream<String, String>> branches = views.repartition(Repartitioned.as("views"))
                .split(Named.as("views-"))
                .branch((user, page) -> page.startsWith("/admin"), Branched.as("admin"))
                .defaultBranch(Branched.withConsumer(
                        rest -> rest.process(FirstSeen::new, "seen").to("first-seen")));
        branches.get("views-admin")
                .merge(views.flatMap((user, page) -> List.<KeyValue<String, String>>of()))
                .peek((user, page) -> {})
                .to((user, page, context) -> "audit", Produced.with(stringSerde, stringSerde));

        return builder.build();
    }

    private static class FirstSeen extends ContextualProcessor<String, String, String, Long> {
        private KeyValueStore<String, Long> store;

        @Override
        public void init(final ProcessorContext<String, Long> context) {
            super.init(context);
            store = context.getStateStore("seen");
        }

        @Override
        public void process(final Record<String, String> record) {
            if (store.putIfAbsent(record.key(), record.timestamp()) == null) {
                context().forward(record.withValue(record.timestamp()));
            }
        }
    }
}
