package io.tailrace.benchmarks.streams;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.KGroupedStream;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.kstream.WindowedSerdes;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.topology.Topology;
import java.time.Duration;

/** The program that is measured: counts per key, or per key and minute, kept in RocksDB and sent to the topic {@code out}. */
final class Counting {
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private Counting() {}

    /** @param onRecord called for each record before it is counted */
    static Topology topology(boolean windowed, Runnable onRecord) {
        StreamsBuilder builder = new StreamsBuilder();
        KGroupedStream<Long, byte[]> records = builder.stream(
                        Load.TOPIC, Consumed.with(Serdes.Long(), Serdes.ByteArray()))
                .peek((key, value) -> onRecord.run())
                .groupByKey();
        if (windowed) {
            records.windowedBy(TimeWindows.ofSizeWithNoGrace(WINDOW))
                    .count()
                    .toStream()
                    .to(
                            "out",
                            Produced.with(
                                    WindowedSerdes.timeWindowedSerdeFrom(Long.class, WINDOW.toMillis()),
                                    Serdes.Long()));
        } else {
            records.count(Materialized.<Long, Long, KeyValueStore<Bytes, byte[]>>as("counts"))
                    .toStream()
                    .to("out", Produced.with(Serdes.Long(), Serdes.Long()));
        }
        return builder.build();
    }

    /** @param cacheMiB negative for the default */
    static StreamsConfig config(String applicationId, String guarantee, int cacheMiB, Duration commitInterval) {
        StreamsConfig.Builder config = StreamsConfig.builder()
                .applicationId(applicationId)
                .processingGuarantee(guarantee)
                .commitInterval(commitInterval)
                .defaultKeySerde(Serdes.Long())
                .defaultValueSerde(Serdes.Long());
        if (cacheMiB >= 0) {
            config.stateStoreCacheMaxBytes(cacheMiB * 1024L * 1024L);
        }
        return config.build();
    }
}
