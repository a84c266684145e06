package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsCommandTest {
    private static final String APPLICATION = "flights-app";

    @TempDir
    private Path directory;

    @BeforeEach
    void runAnApplication() throws IOException {
        Path input = directory.resolve("week.csv");
        Files.writeString(input, """
                departure,origin,destination,delay,distance
                2001-01-01T00:01,ATL,LAX,30,100
                2001-01-02T00:01,XX1,LAX,-1,100
                """);
        assertThat(flights("--input", input).exitCode()).isZero();
    }

    private Cli flights(Object... more) {
        Object[] args = new Object[more.length + 5];
        args[0] = "flights";
        args[1] = "--data";
        args[2] = data();
        args[3] = "--results";
        args[4] = directory.resolve("results.csv");
        System.arraycopy(more, 0, args, 5, more.length);
        return Cli.run(args);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Cli reset(Object... more) {
        Object[] args = new Object[more.length + 4];
        args[0] = "streams";
        args[1] = "reset";
        args[2] = "--data";
        args[3] = data();
        System.arraycopy(more, 0, args, 4, more.length);
        return Cli.run(args);
    }

    @Test
    void shouldLetAnApplicationBeginAnew() {
        assertThat(flights().out()).contains("records in 0");
        Cli cli = reset("--application-id", APPLICATION);
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out())
                .contains("deleted topic " + APPLICATION + "-")
                .contains("deleted "
                        + data().resolve("state").resolve(APPLICATION).toAbsolutePath());
        assertThat(data().resolve("state").resolve(APPLICATION)).doesNotExist();
        assertThat(flights().out()).contains("records in 2");
    }

    @Test
    void shouldOnlyShowWhatItWouldDo() {
        Cli cli = reset("--application-id", APPLICATION, "--dry-run");
        assertThat(cli.out()).contains("would delete topic").contains("run again without --dry-run");
        assertThat(flights().out()).contains("records in 0");
    }

    @Test
    void shouldPrintJson() {
        assertThat(reset("--application-id", APPLICATION, "--dry-run", "--json")
                        .out()
                        .lines())
                .allSatisfy(line -> assertThat(line)
                        .startsWith("{\"type\":")
                        .contains("\"applicationId\":\"" + APPLICATION + "\"")
                        .contains("\"dryRun\":true"))
                .anySatisfy(
                        line -> assertThat(line).contains("\"type\":\"offset\"").contains("\"committedOffset\":0"))
                .anySatisfy(line ->
                        assertThat(line).contains("\"type\":\"deletedTopic\"").contains("-changelog"))
                .anySatisfy(line -> assertThat(line).contains("\"type\":\"deletedState\""));
    }

    @Test
    void shouldSayWhenThereIsNoSuchApplication() {
        assertThat(reset("--application-id", "other"))
                .isEqualTo(new Cli(0, "there is nothing of an application other\n", ""));
        assertThat(reset("--application-id", APPLICATION, "--to", "nowhere").exitCode())
                .isEqualTo(2);
        assertThat(reset().exitCode()).isEqualTo(2);
    }
}
