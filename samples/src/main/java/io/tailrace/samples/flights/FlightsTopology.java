package io.tailrace.samples.flights;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.kstream.Branched;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.processor.KeyValue;
import io.tailrace.serde.JsonSerde;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.WindowStore;
import io.tailrace.topology.Topology;
import java.time.Duration;

/**
 * Delays per airport and day:
 *
 * <pre>
 *   flights ──parse──┬─ rejected ──────────────────────────────────→ flights-rejected
 *                    └─ flight ──left join──per origin and day──→ airport-days
 *   airports ──────────table───────┘
 * </pre>
 */
public final class FlightsTopology {
    public static final String FLIGHTS = "flights";
    public static final String AIRPORTS = "airports";
    public static final String REJECTED = "flights-rejected";
    public static final String AIRPORT_DAYS = "airport-days";

    /** The window store behind the result, to be asked by interactive queries. */
    public static final String STORE = "airport-day-stats";

    // A file of flights may be in any order, so no flight is ever late: years 1970 to 9999 fit into the grace.
    private static final TimeWindows DAYS = TimeWindows.ofSizeAndGrace(Duration.ofDays(1), Duration.ofDays(8030 * 366));

    private static final Serde<String> TEXT = Serdes.String();

    private FlightsTopology() {}

    public static Topology build() {
        return build(new FlightsCounts());
    }

    /** @param counts told of each record */
    static Topology build(FlightsCounts counts) {
        StreamsBuilder builder = new StreamsBuilder();
        KTable<String, Airport> airports = builder.table(AIRPORTS, Consumed.with(TEXT, JsonSerde.of(Airport.class)));
        builder.stream(FLIGHTS, Consumed.with(TEXT, Serdes.ByteArray()))
                .mapValues(line -> {
                    counts.flight();
                    return FlightParser.parse(line);
                })
                .split()
                .branch(
                        (origin, line) -> line instanceof Rejection,
                        Branched.withConsumer(lines -> reject(lines, counts)))
                .defaultBranch(Branched.withConsumer(
                        lines -> aggregate(lines.mapValues(Flight.class::cast), airports, counts)));
        return builder.build();
    }

    private static void reject(KStream<String, ParsedLine> lines, FlightsCounts counts) {
        lines.mapValues(line -> {
                    counts.rejection();
                    return (Rejection) line;
                })
                .process(RejectionReason::new)
                .to(REJECTED, Produced.with(TEXT, Serdes.ByteArray()));
    }

    private static void aggregate(
            KStream<String, Flight> flights, KTable<String, Airport> airports, FlightsCounts counts) {
        flights.leftJoin(airports, Departure::of)
                .groupByKey()
                .windowedBy(DAYS)
                .aggregate(
                        () -> DayStats.NONE,
                        (origin, departure, stats) -> stats.plus(departure),
                        Materialized.<String, DayStats, WindowStore<Bytes, byte[]>>as(STORE)
                                .withKeySerde(TEXT)
                                .withValueSerde(JsonSerde.of(DayStats.class)))
                .toStream()
                .map((window, stats) -> {
                    counts.result();
                    AirportDay result =
                            AirportDay.of(window.key(), window.window().startTime(), stats);
                    return KeyValue.pair(result.day() + " " + result.origin(), result);
                })
                .to(AIRPORT_DAYS, Produced.with(TEXT, JsonSerde.of(AirportDay.class)));
    }
}
