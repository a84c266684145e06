package io.tailrace.samples.wordcount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.samples.Progress;
import io.tailrace.samples.SampleException;
import io.tailrace.samples.input.Inputs;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueStore;
import io.tailrace.testkit.TestInputTopic;
import io.tailrace.testkit.TopologyTestDriver;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WordCountTest {
    @Test
    void shouldCountWordsInLowerCaseWithoutPunctuation() {
        try (TopologyTestDriver driver = new TopologyTestDriver(WordCountTopology.build())) {
            TestInputTopic<String, String> lines =
                    driver.createInputTopic("lines", new StringSerializer(), new StringSerializer());
            lines.pipeInput("1", "To be, or not to be: that's the question.");
            lines.pipeInput("2", "");
            lines.pipeInput("3", "«Être» -- être?");
            KeyValueStore<String, Long> counts = Objects.requireNonNull(driver.getKeyValueStore("counts"));
            assertThat(counts.get("be")).isEqualTo(2);
            assertThat(counts.get("to")).isEqualTo(2);
            assertThat(counts.get("that's")).isEqualTo(1);
            assertThat(counts.get("être")).isEqualTo(2);
            assertThat(counts.get("")).isNull();
        }
    }

    @Test
    void shouldCountAFileOnceAndAddAnotherOne() {
        try (EventLog log = EmbeddedLog.inMemory()) {
            assertThat(count(log, "a b a")).isEqualTo(Map.of("a", 2L, "b", 1L));
            assertThat(count(log, "a b a")).isEqualTo(Map.of("a", 2L, "b", 1L));
            assertThat(count(log, "b\nc")).isEqualTo(Map.of("a", 2L, "b", 2L, "c", 1L));
        }
    }

    @Test
    void shouldRefuseALineThatItWouldHaveToCut() {
        assertThatThrownBy(() -> WordCountPipeline.scan(Inputs.of("x.txt", "a ".repeat(1_000_000))))
                .isInstanceOf(SampleException.class)
                .hasMessage("input x.txt has a line of 2000000 bytes, at most 65536");
    }

    private static Map<String, Long> count(EventLog log, String text) {
        return WordCountPipeline.run(log, WordCountPipeline.scan(Inputs.of("x.txt", text)), Progress.SILENT);
    }
}
