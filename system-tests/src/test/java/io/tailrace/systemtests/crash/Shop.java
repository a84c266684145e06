package io.tailrace.systemtests.crash;

import io.tailrace.common.Bytes;
import io.tailrace.common.ProducerRecord;
import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.Grouped;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.StoreBuilder;
import io.tailrace.state.WindowStore;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.time.Duration;

/**
 * Orders and payments of customers, each a number:
 *
 * <pre>
 *   orders ──┬──by region (repartition)──count per minute──→ region-minutes
 *            └──┐
 *   payments ───┴──those of a customer within seconds, kept in two window stores──→ matches
 * </pre>
 *
 * <p>Nothing is ever late, so the counts of a region and minute are 1, 2, 3 and so on, and each match comes once, in
 * whatever order the partitions are read.
 */
final class Shop {
    static final String APPLICATION_ID = "shop-app";
    static final String ORDERS = "orders";
    static final String PAYMENTS = "payments";
    static final String REGION_MINUTES = "region-minutes";
    static final String MATCHES = "matches";
    static final String COUNTS = "counts";
    static final int PARTITIONS = 2;

    private static final int CUSTOMERS = 97;
    private static final int ONE_IN_PAYMENT = 3;
    private static final long FIRST_MS = 1_600_000_000_000L;
    private static final long STEP_MS = 40;
    private static final Duration FOREVER = Duration.ofDays(3650);
    private static final Serde<String> TEXT = Serdes.String();
    private static final Consumed<String, String> TEXTS = Consumed.with(TEXT, TEXT);

    private Shop() {}

    static Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(seen(Matcher.ORDERS_SEEN)).addStateStore(seen(Matcher.PAYMENTS_SEEN));
        KStream<String, String> orders = builder.stream(ORDERS, TEXTS);
        orders.groupBy((customer, order) -> "region" + customer.length() + customer.charAt(1), Grouped.with(TEXT, TEXT))
                .windowedBy(TimeWindows.ofSizeAndGrace(Duration.ofMinutes(1), FOREVER))
                .count(Materialized.<String, Long, WindowStore<Bytes, byte[]>>as(COUNTS)
                        .withRetention(FOREVER.plusMinutes(1)))
                .toStream(
                        (window, count) -> window.key() + "@" + window.window().start())
                .to(REGION_MINUTES, Produced.with(TEXT, Serdes.Long()));
        orders.mapValues(order -> "o" + order)
                .merge(builder.stream(PAYMENTS, TEXTS).mapValues(payment -> "p" + payment))
                .process(Matcher::new, Matcher.ORDERS_SEEN, Matcher.PAYMENTS_SEEN)
                .to(MATCHES, Produced.with(TEXT, TEXT));
        return builder.build();
    }

    private static StoreBuilder<WindowStore<String, String>> seen(String name) {
        return Stores.windowStoreBuilder(
                Stores.persistentWindowStore(name, FOREVER, Duration.ofSeconds(1), false), TEXT, TEXT);
    }

    /** What is fed as the number {@code n}, from 0. */
    static ProducerRecord<String, String> record(long n) {
        String customer = "c" + n * 7919 % CUSTOMERS;
        String topic = n % ONE_IN_PAYMENT == 0 ? PAYMENTS : ORDERS;
        return new ProducerRecord<>(topic, null, FIRST_MS + n * STEP_MS, customer, Long.toString(n));
    }
}
