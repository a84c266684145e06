package io.tailrace.systemtests.crash;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.samples.Progress;
import io.tailrace.samples.flights.FlightsPipeline;
import io.tailrace.samples.flights.FlightsTopology;
import io.tailrace.serde.ByteArrayDeserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * The flights and the shop, two apps on one log, loaded and fed while they process. Owner: one thread; closing commits and closes
 * both.
 */
final class TwoApps implements AutoCloseable {
    static final String FLIGHTS_APP = "flights-app";

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);

    private final EventLog log;
    private final long numbers;
    private final BooleanSupplier stopped;
    private final LongConsumer loaded;
    private final LongConsumer put;
    private final StreamsApp flights;
    private final StreamsApp shop;
    private final CompletableFuture<Void> loader = new CompletableFuture<>();
    private final CompletableFuture<Void> feeder = new CompletableFuture<>();
    private final CompletableFuture<Void> watcher = new CompletableFuture<>();
    private final CountDownLatch airportsLoaded = new CountDownLatch(1);
    private volatile boolean closing;
    private boolean started;

    /** Ends a load that is not finished. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param configs by application id
     * @param stopped ends loading and feeding early
     * @param loaded told how many records were loaded or fed since it was told last; any thread
     * @param put told how many were put out
     */
    TwoApps(
            EventLog log,
            long numbers,
            Function<String, StreamsConfig> configs,
            BooleanSupplier stopped,
            LongConsumer loaded,
            LongConsumer put) {
        this.log = log;
        this.numbers = numbers;
        this.stopped = stopped;
        this.loaded = loaded;
        this.put = put;
        this.flights = new StreamsApp(FlightsTopology.build(), configs.apply(FLIGHTS_APP), log);
        this.shop = new StreamsApp(Shop.topology(), configs.apply(Shop.APPLICATION_ID), log);
    }

    /** Starts everything; the apps restore first. */
    void start(StateRestoreListener restores, long seed) throws InterruptedException {
        for (String topic : List.of(Shop.ORDERS, Shop.PAYMENTS, Shop.REGION_MINUTES, Shop.MATCHES)) {
            if (log.admin().findTopic(topic).isEmpty()) {
                log.admin().createTopic(new NewTopic(topic, Shop.PARTITIONS, Map.of("retention.ms", "-1")));
            }
        }
        begin("loader", loader, this::load);
        airportsLoaded.await();
        for (StreamsApp app : List.of(flights, shop)) {
            app.setGlobalStateRestoreListener(restores);
            app.start();
        }
        begin("watcher", watcher, this::watch);
        started = true;
        begin("feeder", feeder, () -> new ShopFeeder(log, new SplittableRandom(seed)).feed(numbers, stopped, loaded));
    }

    private static void begin(String name, CompletableFuture<Void> end, Runnable work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        end.complete(null);
                    } catch (RuntimeException | Error e) {
                        end.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private void load() {
        Progress reporting = (verb, unit, total) -> {
            airportsLoaded.countDown(); // only the load of the flights is told
            return done -> {
                if (stopped.getAsBoolean()) {
                    throw new Stopped();
                }
                if (done % 1000 == 0) {
                    loaded.accept(1000);
                }
            };
        };
        try {
            new FlightsPipeline(log, reporting, Time.SYSTEM)
                    .load(Optional.of(FlightsPipeline.scan(FlightsPipeline.shippedWeek())));
        } catch (Stopped e) {
            return; // goes on the next time
        } finally {
            airportsLoaded.countDown();
        }
    }

    private void watch() {
        try (Consumer<byte[], byte[]> consumer = log.newConsumer(
                ConsumerConfig.DEFAULT.withIsolationLevel(IsolationLevel.READ_COMMITTED),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> outputs = Stream.of(FlightsTopology.AIRPORT_DAYS, Shop.REGION_MINUTES, Shop.MATCHES)
                    .flatMap(topic -> log.admin().describeTopic(topic).topicPartitions().stream())
                    .toList();
            consumer.assign(outputs);
            consumer.seekToEnd(outputs);
            while (!closing) {
                int seen = consumer.poll(POLL).count();
                if (seen > 0) {
                    put.accept(seen);
                }
            }
        }
    }

    /** Waits until everything is loaded and fed, or that was stopped. */
    void awaitInput() {
        loader.join();
        feeder.join();
    }

    /** Waits until everything is processed and committed. */
    void awaitIdle() {
        if (!flights.awaitIdle(PATIENCE) || !shop.awaitIdle(PATIENCE)) {
            throw new IllegalStateException("not idle after " + PATIENCE);
        }
    }

    StreamsApp flights() {
        return flights;
    }

    StreamsApp shop() {
        return shop;
    }

    @Override
    public void close() {
        closing = true;
        if (started) {
            watcher.join();
        }
        flights.close();
        shop.close();
    }

    /** A listener that is only told where restores begin and end. */
    interface RestoreStart extends StateRestoreListener {
        @Override
        default void onBatchRestored(
                TopicPartition topicPartition, String storeName, long batchEndOffset, long numRestored) {}

        @Override
        default void onRestoreEnd(TopicPartition topicPartition, String storeName, long totalRestored) {}
    }
}
