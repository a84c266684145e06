package io.tailrace.samples.wordcount;

import io.tailrace.common.Bytes;
import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.Grouped;
import io.tailrace.kstream.Materialized;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.topology.Topology;
import java.util.List;
import java.util.Locale;

/** Counts the words of topic {@code lines} in a store. */
public final class WordCountTopology {
    static final String LINES = "lines";
    static final String COUNTS = "counts";

    private WordCountTopology() {}

    public static Topology build() {
        Serde<String> text = Serdes.String();
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(LINES, Consumed.with(text, text))
                .flatMapValues(line -> List.of(line.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}']+")))
                .filterNot((number, word) -> word.isEmpty())
                .groupBy((number, word) -> word, Grouped.with(text, text))
                .count(Materialized.<String, Long, KeyValueStore<Bytes, byte[]>>as(COUNTS)
                        .withKeySerde(text)
                        .withValueSerde(Serdes.Long()));
        return builder.build();
    }
}
