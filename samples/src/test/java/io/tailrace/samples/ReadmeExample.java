package io.tailrace.samples;

import static io.tailrace.runtime.query.StoreQueryParameters.fromNameAndType;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ProducerRecord;
import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.kstream.Materialized;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.query.QueryableStoreTypes;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import io.tailrace.testkit.TopologyTestDriver;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The app of the README, line for line; {@link ReadmeExampleTest} runs it and compares. */
final class ReadmeExample {
    private ReadmeExample() {}

    static @Nullable Long countHello(Path directory) {
        // README: begin
        StreamsBuilder builder = new StreamsBuilder();
        builder.<String, String>stream("lines")
                .flatMapValues(line -> List.of(line.toLowerCase(Locale.ROOT).split("\\W+")))
                .groupBy((key, word) -> word)
                .count(Materialized.as("counts"))
                .toStream()
                .mapValues(count -> Long.toString(count))
                .to("word-counts");
        Serde<String> text = Serdes.String();
        StreamsConfig config = StreamsConfig.builder()
                .applicationId("word-count")
                .defaultKeySerde(text)
                .defaultValueSerde(text)
                .build();

        try (EventLog log = EmbeddedLog.open(directory);
                StreamsApp app = new StreamsApp(builder.build(), config, log);
                var producer = log.newProducer(ProducerConfig.DEFAULT, text.serializer(), text.serializer())) {
            log.admin().createTopic(new NewTopic("lines", 4));
            app.start();
            producer.send(new ProducerRecord<>("lines", "Hello, log. Hello, stream!"))
                    .join();
            app.awaitIdle(Duration.ofSeconds(10));
            return app.store(fromNameAndType("counts", QueryableStoreTypes.<String, Long>keyValueStore()))
                    .get("hello"); // 2
        }
        // README: end
    }

    static void testTheTopology(Topology topology, Properties properties) {
        // README test: begin
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, properties)) {
            driver.createInputTopic("lines", new StringSerializer(), new StringSerializer())
                    .pipeInput("hello hello");
            assertThat(driver.createOutputTopic("word-counts", new StringDeserializer(), new StringDeserializer())
                            .readKeyValuesToMap())
                    .containsEntry("hello", "2");
        }
        // README test: end
    }
}
