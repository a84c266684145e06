package io.tailrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeExampleTest {
    @TempDir
    private Path directory;

    @Test
    void shouldCountWhatTheReadmeSays() {
        assertThat(ReadmeExample.countHello(directory)).isEqualTo(2);
    }

    @Test
    void shouldStandInTheReadmeLineForLine() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/tailrace/samples/ReadmeExample.java"));
        String example = source.substring(
                        source.indexOf("// README: begin\n") + "// README: begin\n".length(),
                        source.indexOf("        // README: end"))
                .lines()
                .map(line -> line.isBlank() ? "" : line.substring(8))
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("..", "README.md"))).contains("```java\n" + example + "\n```");
    }
}
