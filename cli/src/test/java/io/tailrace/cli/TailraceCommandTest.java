package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TailraceCommandTest {
    @TempDir
    private Path directory;

    @Test
    void shouldListItsCommandsAndExitCodes() {
        Cli help = Cli.run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("demo", "flights", "wordcount", "quakes", "Exit codes:", "2   wrong options");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "flights", "flights-generate", "wordcount", "quakes"})
    void shouldExplainEveryCommand(String command) {
        Cli help = Cli.run(command, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).startsWith("Usage: tailrace " + command);
    }

    @Test
    void shouldPrintItsVersion() {
        Cli version = Cli.run("--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("tailrace ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | no command given; see 'tailrace --help'",
                "fly | Unmatched argument at index 0: 'fly'; see 'tailrace --help'",
                "flights --data d --results r --speed 3 | Unknown options: '--speed', '3'; see 'tailrace flights --help'",
                "flights --results r | Missing required option: '--data=DIR'; see 'tailrace flights --help'",
                "flights --data d --results r --threads two | Invalid value for option '--threads': 'two' is not an int; see 'tailrace flights --help'",
                "flights --data d --results r --threads 0 | --threads 0, expected 1 or more; see 'tailrace flights --help'",
                "flights-generate --output f --lines 0 | --lines 0, expected 1 or more; see 'tailrace flights-generate --help'",
                "wordcount --data d | Missing required option: '--input=FILE'; see 'tailrace wordcount --help'",
            })
    void shouldAnswerWrongOptionsWithOneLineAndCodeTwo(String args, String message) {
        Cli cli = Cli.run(args == null ? new Object[0] : (Object[]) args.split(" "));
        assertThat(cli).isEqualTo(new Cli(2, "", "tailrace: " + message + System.lineSeparator()));
    }

    @Test
    void shouldFailWithOneLineAndCodeOne() {
        Cli cli = Cli.run("wordcount", "--input", directory.resolve("no.txt"), "--data", directory.resolve("data"));
        assertThat(cli)
                .isEqualTo(new Cli(
                        1,
                        "",
                        "tailrace: input " + directory.resolve("no.txt") + ": there is no such file"
                                + System.lineSeparator()));
    }

    @Test
    void shouldPrintTheStackTraceWhenAsked() {
        Cli cli =
                Cli.run("wordcount", "-X", "--input", directory.resolve("no.txt"), "--data", directory.resolve("data"));
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err()).contains("SampleException", "\tat io.tailrace.").endsWith("there is no such file\n");
    }

    @Test
    void shouldRunTheDemo() {
        Cli demo = Cli.run("demo");
        assertThat(demo.err()).isEmpty();
        assertThat(demo.exitCode()).isZero();
        List<String> lines = demo.out().lines().toList();
        assertThat(lines.get(0)).matches("day +origin +city +state +flights +delayed +mean delay");
        assertThat(lines.subList(1, 11)).allMatch(line -> line.matches("2001-01-0[1-7]  [A-Z]{3} .* [0-9.]+ min"));
        assertThat(lines.get(11)).isEmpty();
        assertThat(lines.get(12)).matches("records in 113,493, rejected [0-9,]+, out [0-9,]+");
        assertThat(lines.get(13)).matches("load +[0-9.]+ s +[0-9,]+ records/s");
        assertThat(lines.get(14)).matches("processing +[0-9.]+ s +[0-9,]+ records/s");
        assertThat(lines).hasSize(15);
    }

    @Test
    void shouldCountWordsMostFrequentFirst() throws IOException {
        Path text = Files.writeString(directory.resolve("x.txt"), "b a b\nc b c");
        Cli cli = Cli.run("wordcount", "--input", text, "--data", directory.resolve("data"));
        assertThat(cli.out()).isEqualToNormalizingNewlines("count  word\n    3  b\n    2  c\n    1  a\n");
    }

    @Test
    void shouldPrintTheStrongestEarthquakeOfEachDay() {
        Cli cli = Cli.run("quakes");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out())
                .contains("2018-02-06     213        6.4  22km NNE of Hualian, Taiwan")
                .hasLineCount(8);
    }

    @Test
    void shouldGenerateFlightsPlainOrCompressed() throws IOException {
        Path plain = directory.resolve("x.csv");
        Path compressed = directory.resolve("x.csv.gz");
        assertThat(Cli.run("flights-generate", "--lines", "1000", "--output", plain)
                        .exitCode())
                .isZero();
        assertThat(Cli.run("flights-generate", "--lines", "1000", "--output", compressed)
                        .exitCode())
                .isZero();
        assertThat(Files.readAllLines(plain)).hasSize(1001);
        assertThat(Files.size(compressed)).isLessThan(Files.size(plain) / 2);
    }
}
