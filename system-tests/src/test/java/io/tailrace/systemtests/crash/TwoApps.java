package io.tailrace.systemtests.crash;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.samples.Progress;
import io.tailrace.samples.flights.FlightsPipeline;
import io.tailrace.samples.flights.FlightsTopology;
import io.tailrace.serde.ByteArrayDeserializer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The flights and the shop, two apps on one log, loaded and fed while they process. Owner: one thread; closing commits and closes
 * both.
 */
final class TwoApps implements AutoCloseable {
    static final String FLIGHTS_APP = "flights-app";

    /** The application ids of both. */
    static final List<String> IDS = List.of(FLIGHTS_APP, Shop.APPLICATION_ID);

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);

    private final EventLog log;
    private final long numbers;
    private final BooleanSupplier stopped;
    private final AppReports reports;
    private final StreamsApp flights;
    private final StreamsApp shop;
    private final CompletableFuture<Void> loader = new CompletableFuture<>();
    private final CompletableFuture<Void> feeder = new CompletableFuture<>();
    private final CompletableFuture<Void> watcher = new CompletableFuture<>();
    private final CountDownLatch airportsLoaded = new CountDownLatch(1);
    private @Nullable Crew crew; // set before the watcher begins
    private volatile boolean closing;
    private boolean started;

    /** Ends a load that is not finished. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param configs by application id
     * @param stopped ends loading and feeding early
     */
    TwoApps(
            EventLog log,
            long numbers,
            Function<String, StreamsConfig> configs,
            BooleanSupplier stopped,
            AppReports reports) {
        this.log = log;
        this.numbers = numbers;
        this.stopped = stopped;
        this.reports = reports;
        this.flights = new StreamsApp(FlightsTopology.build(), configs.apply(FLIGHTS_APP), log);
        this.shop = new StreamsApp(Shop.topology(), configs.apply(Shop.APPLICATION_ID), log);
    }

    /**
     * Starts everything; the apps restore first.
     *
     * @param changeWorkers whether worker threads come and go
     */
    void start(long seed, boolean changeWorkers) throws InterruptedException {
        for (String topic : List.of(Shop.ORDERS, Shop.PAYMENTS, Shop.REGION_MINUTES, Shop.MATCHES)) {
            if (log.admin().findTopic(topic).isEmpty()) {
                log.admin().createTopic(new NewTopic(topic, Shop.PARTITIONS, Map.of("retention.ms", "-1")));
            }
        }
        begin("loader", loader, this::load);
        airportsLoaded.await();
        start(flights, FLIGHTS_APP);
        start(shop, Shop.APPLICATION_ID);
        SplittableRandom random = new SplittableRandom(seed);
        if (changeWorkers) {
            Crew changing = new Crew(
                    Map.of(FLIGHTS_APP, flights, Shop.APPLICATION_ID, shop), random.split(), reports::workersChanged);
            changing.begin();
            crew = changing;
        }
        begin("watcher", watcher, this::watch);
        started = true;
        begin("feeder", feeder, () -> new ShopFeeder(log, random).feed(numbers, stopped, reports::loaded));
    }

    private void start(StreamsApp app, String id) {
        app.setGlobalStateRestoreListener(reports);
        app.setStateListener((now, before) -> {
            if (now == StreamsApp.State.RUNNING) {
                reports.running(id);
            }
        });
        app.start();
    }

    static void begin(String name, CompletableFuture<Void> end, Runnable work) {
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
                    reports.loaded(1000);
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
            List<CommitWatch> commits = List.of(commitsOf(flights, FLIGHTS_APP), commitsOf(shop, Shop.APPLICATION_ID));
            while (!closing) {
                int seen = consumer.poll(POLL).count();
                commits.forEach(CommitWatch::look);
                if (seen > 0) {
                    reports.put(seen);
                    if (crew != null) {
                        crew.put(seen);
                    }
                }
            }
        }
    }

    private CommitWatch commitsOf(StreamsApp app, String id) {
        Map<TopicPartition, TopicPartition> changelogs = new HashMap<>();
        for (String topic : log.admin().listTopics()) {
            if (topic.startsWith(id + "-") && topic.endsWith("-changelog")) {
                String input = inputBefore(topic, id);
                log.admin()
                        .describeTopic(topic)
                        .topicPartitions()
                        .forEach(changelog ->
                                changelogs.put(changelog, new TopicPartition(input, changelog.partition())));
            }
        }
        return new CommitWatch(log.admin(), app, changelogs, reports::committed);
    }

    /** What the task of a store reads, or some of it. */
    private String inputBefore(String changelog, String id) {
        if (id.equals(FLIGHTS_APP)) {
            return FlightsTopology.FLIGHTS;
        }
        return changelog.equals(id + "-" + Shop.COUNTS + "-changelog")
                ? log.admin().listTopics().stream()
                        .filter(topic -> topic.startsWith(id + "-") && topic.endsWith("-repartition"))
                        .findFirst()
                        .orElseThrow()
                : Shop.ORDERS;
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
        if (crew != null) {
            crew.close();
        }
        closing = true;
        if (started) {
            watcher.join();
        }
        flights.close();
        shop.close();
    }
}
