package io.tailrace.samples.processor;

import io.tailrace.serde.JsonSerde;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;

/** Source, processor with a store, sink: {@code quakes → QuakeDays → quake-days}. */
public final class QuakesTopology {
    static final String QUAKES = "quakes";
    static final String QUAKE_DAYS = "quake-days";

    private QuakesTopology() {}

    public static Topology build() {
        Serde<String> text = Serdes.String();
        Serde<Quake> quakes = JsonSerde.of(Quake.class);
        Serde<QuakeDay> days = JsonSerde.of(QuakeDay.class);
        return new Topology()
                .addSource("quakes", text.deserializer(), quakes.deserializer(), QUAKES)
                .addProcessor("per-day", QuakeDays::new, "quakes")
                .addStateStore(
                        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(QuakeDays.STORE), text, days),
                        "per-day")
                .addSink("days", QUAKE_DAYS, text.serializer(), days.serializer(), "per-day");
    }
}
