package io.tailrace.samples.flights;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.query.QueryableStoreTypes;
import io.tailrace.runtime.query.StoreQueryParameters;
import io.tailrace.samples.Progress;
import io.tailrace.samples.RestoreMeter;
import io.tailrace.samples.SampleException;
import io.tailrace.samples.input.FileLoader;
import io.tailrace.samples.input.InputFile;
import io.tailrace.samples.input.ScannedFile;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.Windowed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Runs {@link FlightsTopology} over files of flights: load → process → result. Each step continues where an earlier run on
 * the same log stopped, or was killed. Owner: one thread.
 */
public final class FlightsPipeline {
    private static final String APPLICATION_ID = "flights-app";
    private static final String JOURNAL = "flights-loads";
    private static final int PARTITIONS = 4;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final EventLog log;
    private final Progress progress;
    private final Time time;

    public FlightsPipeline(EventLog log, Progress progress, Time time) {
        this.log = log;
        this.progress = progress;
        this.time = time;
    }

    /** A file of flights, looked through before anything is loaded. */
    public static ScannedFile scan(InputFile file) {
        return file.scan(FlightParser.HEADER);
    }

    /** The week of flights that is shipped with the samples. */
    public static InputFile shippedWeek() {
        return InputFile.shipped(FlightsPipeline.class, "flights-2001-week1.csv.gz");
    }

    /**
     * @param input what to load first; empty to work on what was loaded before
     * @param threads workers; empty lets the number of cores decide
     * @throws SampleException when nothing was ever loaded, or the load of another file must be finished first
     */
    public FlightsReport run(Optional<ScannedFile> input, OptionalInt threads) {
        long loadStart = time.nanoseconds();
        long loaded = load(input);
        Duration loadTime = since(loadStart);

        FlightsCounts counts = new FlightsCounts();
        try (StreamsApp app = new StreamsApp(FlightsTopology.build(counts), config(threads), log)) {
            long processStart = time.nanoseconds();
            app.setGlobalStateRestoreListener(RestoreMeter.on(progress));
            app.start();
            awaitEnd(app);
            Duration processTime = since(processStart);
            return new FlightsReport(
                    days(app), loaded, loadTime, counts.flights(), counts.rejected(), counts.results(), processTime);
        }
    }

    /**
     * The first step of {@link #run}: creates the topics and loads airports and flights, as far as they are not there yet.
     *
     * @return how many lines were loaded
     */
    public long load(Optional<ScannedFile> input) {
        for (String topic : List.of(
                FlightsTopology.FLIGHTS,
                FlightsTopology.AIRPORTS,
                FlightsTopology.REJECTED,
                FlightsTopology.AIRPORT_DAYS)) {
            SampleTopics.create(log, new NewTopic(topic, PARTITIONS));
        }
        FileLoader loader = new FileLoader(log, JOURNAL);
        loadAirports(loader);
        return loadFlights(loader, input);
    }

    private void loadAirports(FileLoader loader) {
        AirportFormat format = new AirportFormat();
        ScannedFile airports =
                InputFile.shipped(FlightsPipeline.class, "airports.csv").scan(format.header());
        loader.load(airports, format, Progress.SILENT);
    }

    private long loadFlights(FileLoader loader, Optional<ScannedFile> input) {
        if (input.isPresent()) {
            return loader.load(input.get(), new FlightFormat(), progress);
        }
        loader.requireFinished(FlightsTopology.FLIGHTS);
        if (!loader.hasLoaded(FlightsTopology.FLIGHTS)) {
            throw new SampleException("no flights were loaded yet; give a file with --input");
        }
        return 0;
    }

    private static StreamsConfig config(OptionalInt threads) {
        StreamsConfig.Builder config = StreamsConfig.builder().applicationId(APPLICATION_ID);
        threads.ifPresent(config::numStreamThreads);
        return config.build();
    }

    private void awaitEnd(StreamsApp app) {
        long before = committed();
        long total = ends().values().stream().mapToLong(Long::longValue).sum() - before;
        Progress shown = total == 0 ? Progress.SILENT : progress;
        try (Progress.Meter meter = shown.start("processed", "records", total)) {
            while (!app.awaitIdle(LOOK_EVERY)) {
                meter.reached(committed() - before);
            }
            meter.reached(total);
        }
    }

    private Map<TopicPartition, Long> ends() {
        return log.admin()
                .endOffsets(log.admin().describeTopic(FlightsTopology.FLIGHTS).topicPartitions());
    }

    /** Offsets of topic {@code flights} that are processed for good; few of them are not records, but ends of transactions. */
    private long committed() {
        Map<TopicPartition, OffsetAndMetadata> offsets = log.admin().committedOffsets(APPLICATION_ID);
        return ends().entrySet().stream()
                .mapToLong(end -> {
                    OffsetAndMetadata offset = offsets.get(end.getKey());
                    // a partition that lost its tail ends below the committed offset
                    return offset == null ? 0 : Math.min(offset.offset(), end.getValue());
                })
                .sum();
    }

    /** The store is asked, not the topic of results: it has each day once and survives restarts, the topic has every step. */
    private static List<AirportDay> days(StreamsApp app) {
        ReadOnlyWindowStore<String, DayStats> store = app.store(
                StoreQueryParameters.fromNameAndType(FlightsTopology.STORE, QueryableStoreTypes.windowStore()));
        List<AirportDay> days = new ArrayList<>();
        try (KeyValueIterator<Windowed<String>, DayStats> all = store.all()) {
            while (all.hasNext()) {
                Windowed<String> window = all.peekNextKey();
                DayStats stats = Objects.requireNonNull(all.next().value, "a store holds no null");
                days.add(AirportDay.of(window.key(), window.window().startTime(), stats));
            }
        }
        days.sort(AirportDay.ORDER);
        return days;
    }

    private Duration since(long startNanos) {
        return Duration.ofNanos(time.nanoseconds() - startNanos);
    }
}
