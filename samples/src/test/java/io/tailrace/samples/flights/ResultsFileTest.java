package io.tailrace.samples.flights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.samples.SampleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {
    @TempDir
    private Path directory;

    @Test
    void shouldWriteTheHeaderAndEveryDayAndQuoteWhatNeedsIt() throws IOException {
        Path file = directory.resolve("out.csv");
        ResultsFile.at(file)
                .write(List.of(
                        new AirportDay(LocalDate.parse("2001-01-01"), "ATL", "Atlanta", "GA", 3, 1, -7),
                        new AirportDay(LocalDate.parse("2001-01-02"), "N25", "Westport, \"NY\"", "NY", 1, 0, 2)));
        assertThat(file).hasContent("""
                        day,origin,city,state,flights,delayed,total_delay
                        2001-01-01,ATL,Atlanta,GA,3,1,-7
                        2001-01-02,N25,"Westport, ""NY""\",NY,1,0,2
                        """);
    }

    @Test
    void shouldReplaceAnOlderFileAndLeaveNothingElseBehind() throws IOException {
        Path file = Files.writeString(directory.resolve("out.csv"), "old");
        ResultsFile.at(file).write(List.of());
        assertThat(Files.readString(file)).isEqualTo("day,origin,city,state,flights,delayed,total_delay\n");
        assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    }

    @Test
    void shouldSayAtOnceThatThereIsNoSuchDirectory() {
        assertThatThrownBy(() -> ResultsFile.at(directory.resolve("no/out.csv")))
                .isInstanceOf(SampleException.class)
                .hasMessageContaining("there is no directory");
    }

    @Test
    void shouldSayAtOnceThatTheFileIsADirectory() {
        assertThatThrownBy(() -> ResultsFile.at(directory))
                .isInstanceOf(SampleException.class)
                .hasMessageContaining("is a directory, expected the name of a file");
    }
}
