package io.tailrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.kstream.Grouped;
import io.tailrace.kstream.Materialized;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.Serdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeExampleTest {
    @TempDir
    private Path directory;

    @Test
    void shouldCountWhatTheReadmeSays() {
        assertThat(ReadmeExample.countHello(directory)).isEqualTo(2);
    }

    @Test
    void shouldPassTheTestOfTheReadme() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.<String, String>stream("lines")
                .flatMapValues(line -> List.of(line.split(" ")))
                .groupBy((key, word) -> word, Grouped.with(Serdes.String(), Serdes.String()))
                .count(Materialized.as("counts"))
                .toStream()
                .mapValues(count -> Long.toString(count))
                .to("word-counts");
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "word-count");
        properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        properties.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);

        ReadmeExample.testTheTopology(builder.build(), properties);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README", "README test"})
    void shouldStandInTheReadmeLineForLine(String part) throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/tailrace/samples/ReadmeExample.java"));
        String begin = "// " + part + ": begin\n";
        String example = source.substring(
                        source.indexOf(begin) + begin.length(), source.indexOf("        // " + part + ": end"))
                .lines()
                .map(line -> line.isBlank() ? "" : line.substring(8))
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("..", "README.md"))).contains("```java\n" + example + "\n```");
    }
}
