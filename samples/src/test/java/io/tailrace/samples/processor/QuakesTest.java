package io.tailrace.samples.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.samples.SampleException;
import io.tailrace.samples.input.Inputs;
import io.tailrace.serde.JsonSerde;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import io.tailrace.testkit.TestInputTopic;
import io.tailrace.testkit.TestOutputTopic;
import io.tailrace.testkit.TopologyTestDriver;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class QuakesTest {
    @Test
    void shouldSendADayWhenItIsOverAndOnlyOnce() {
        try (TopologyTestDriver driver = new TopologyTestDriver(QuakesTopology.build())) {
            TestInputTopic<String, Quake> quakes = driver.createInputTopic(
                    "quakes", new StringSerializer(), JsonSerde.of(Quake.class).serializer());
            TestOutputTopic<String, QuakeDay> days = driver.createOutputTopic(
                    "quake-days",
                    new StringDeserializer(),
                    JsonSerde.of(QuakeDay.class).deserializer());
            quakes.pipeInput("all", new Quake(2.5, "here"), Instant.parse("2018-02-01T10:00:00Z"));
            quakes.pipeInput("all", new Quake(4.5, "there"), Instant.parse("2018-02-01T23:59:00Z"));
            assertThat(days.isEmpty()).isTrue();
            quakes.pipeInput("all", new Quake(1.0, "far"), Instant.parse("2018-02-02T01:00:00Z"));
            quakes.pipeInput("all", new Quake(1.0, "far"), Instant.parse("2018-02-02T03:00:00Z"));
            assertThat(days.readKeyValuesToMap()).isEqualTo(Map.of("2018-02-01", new QuakeDay(2, 4.5, "there")));
        }
    }

    @Test
    void shouldPrintEveryFinishedDayOfTheShippedWeek() {
        SortedMap<String, QuakeDay> days = QuakesPipeline.run(QuakesPipeline.shippedWeek());
        assertThat(days)
                .containsOnlyKeys(
                        "2018-01-31",
                        "2018-02-01",
                        "2018-02-02",
                        "2018-02-03",
                        "2018-02-04",
                        "2018-02-05",
                        "2018-02-06");
        assertThat(days).containsEntry("2018-02-06", new QuakeDay(213, 6.4, "22km NNE of Hualian, Taiwan"));
        assertThat(days.values().stream().mapToLong(QuakeDay::quakes).sum()).isEqualTo(1693);
    }

    @Test
    void shouldSayThatAFeedIsNotJson() {
        assertThatThrownBy(() -> QuakesPipeline.run(Inputs.of("x.json", "departure,origin")))
                .isInstanceOf(SampleException.class)
                .hasMessageStartingWith("input x.json is not JSON: ");
    }

    @Test
    void shouldSayThatJsonIsNoFeed() {
        assertThatThrownBy(() -> QuakesPipeline.run(Inputs.of("x.json", "{}")))
                .isInstanceOf(SampleException.class)
                .hasMessage("input x.json is no feed of earthquakes: it has no 'features'");
    }
}
