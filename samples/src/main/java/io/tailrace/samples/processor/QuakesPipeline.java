package io.tailrace.samples.processor;

import io.tailrace.common.ProducerRecord;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.samples.input.InputFile;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.serde.JsonSerde;
import io.tailrace.serde.Serdes;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs {@link QuakesTopology} over a feed, on a log that lives in memory and leaves nothing behind. */
public final class QuakesPipeline {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private QuakesPipeline() {}

    /** The week of earthquakes that is shipped with the samples. */
    public static InputFile shippedWeek() {
        return InputFile.shipped(QuakesPipeline.class, "earthquakes-2018-week.json.gz");
    }

    /** The earthquakes of each finished day, by day. The last day of a feed is not over, so it is not among them. */
    public static SortedMap<String, QuakeDay> run(InputFile feed) {
        try (EventLog log = EmbeddedLog.inMemory()) {
            SampleTopics.create(log, new NewTopic(QuakesTopology.QUAKES, 1));
            SampleTopics.create(log, new NewTopic(QuakesTopology.QUAKE_DAYS, 1));
            load(log, feed);
            StreamsConfig config =
                    StreamsConfig.builder().applicationId("quakes-app").build();
            try (StreamsApp app = new StreamsApp(QuakesTopology.build(), config, log)) {
                app.start();
                while (!app.awaitIdle(LOOK_EVERY)) {}
            }
            return results(log);
        }
    }

    private static void load(EventLog log, InputFile feed) {
        try (Producer<String, Quake> producer = log.newProducer(
                ProducerConfig.DEFAULT,
                Serdes.String().serializer(),
                JsonSerde.of(Quake.class).serializer())) {
            for (QuakesFeed.Event event : QuakesFeed.read(feed)) {
                producer.post(new ProducerRecord<>(QuakesTopology.QUAKES, null, event.timeMs(), "all", event.quake()));
            }
            producer.flush();
        }
    }

    private static SortedMap<String, QuakeDay> results(EventLog log) {
        SortedMap<String, QuakeDay> days = new TreeMap<>();
        SampleTopics.read(
                log,
                QuakesTopology.QUAKE_DAYS,
                Serdes.String().deserializer(),
                JsonSerde.of(QuakeDay.class).deserializer(),
                record -> days.put(record.key(), record.value()));
        return days;
    }
}
