package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ProducerRecord;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.Serdes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProduceAndConsumeTest {
    @TempDir
    private Path directory;

    @Test
    void shouldGiveBackWhatWasProduced() {
        assertThat(produce("one\ntwo\r\n\nlast").out()).matches("produced 4 records in [0-9.]+ s, [0-9,]+ records/s\n");
        assertThat(consume().out()).isEqualTo("one\ntwo\n\nlast\n");
    }

    @Test
    void shouldTakeKeysAndHeadersAndNulls() {
        produce("a:1,b:x\tk1=v1\n\tk2=-\n", "--headers", "--key-separator", "=", "--null", "-", "--header", "app=t");
        assertThat(consume("--print", "partition,offset,headers,key,value").out())
                .isEqualTo("0\t0\tapp:t,a:1,b:x\tk1\tv1\n0\t1\tapp:t\tk2\tnull\n");
        assertThat(consume("--json").out())
                .matches("(?s)\\{\"topic\":\"t\",\"partition\":0,\"offset\":0,\"timestamp\":[0-9]+,"
                        + "\"timestampType\":\"CreateTime\",\"headers\":\\[\\{\"key\":\"app\",\"value\":\"t\"\\},"
                        + "\\{\"key\":\"a\",\"value\":\"1\"\\},\\{\"key\":\"b\",\"value\":\"x\"\\}\\],"
                        + "\"key\":\"k1\",\"value\":\"v1\"\\}\n.*\"key\":\"k2\",\"value\":null\\}\n");
    }

    @Test
    void shouldReadAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("lines.txt"), "a\nb\n");
        assertThat(produce("", "--file", file, "--json").out())
                .matches("\\{\"topic\":\"t\",\"records\":2,\"seconds\":[0-9.E-]+,\"recordsPerSecond\":[0-9]+\\}\n");
        assertThat(produce("", "--file", directory.resolve("no")).err())
                .isEqualToNormalizingNewlines(
                        "tailrace: input " + directory.resolve("no") + ": there is no such file\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void shouldCompress(String codec) {
        produce("x".repeat(5000) + "\n", "--compression", codec);
        assertThat(consume().out()).isEqualTo("x".repeat(5000) + "\n");
        Cli dump = Cli.run("log", "dump", "--data", data(), "--json");
        assertThat(dump.out()).contains("\"codec\":\"" + codec + "\"");
    }

    @Test
    void shouldKeepBytesThatAreNotText() {
        Cli.runWith(new byte[] {(byte) 0xff, 0, 1, '\n'}, "produce", "--data", data(), "--topic", "t");
        assertThat(consume("--value-format", "hex").out()).isEqualTo("ff0001\n");
        assertThat(consume("--value-format", "base64").out()).isEqualTo("/wAB\n");
        assertThat(consume("--value-format", "long").err())
                .isEqualTo("tailrace: t-0@0, value: 3 bytes, expected the 8 of a long; use another format\n");
    }

    @Test
    void shouldShowLongsAndJson() {
        produce("{\"a\": [1, 2.50]}\n");
        assertThat(consume("--json", "--value-format", "json").out()).endsWith("\"value\":{\"a\":[1,2.50]}}\n");
        assertThat(consume("--json", "--key-format", "long").out()).contains("\"key\":null,");
        produce("not json\n");
        assertThat(consume("--json", "--value-format", "json").err()).startsWith("tailrace: t-0@1, value: not JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--from earliest | 0 1 2 3",
                "--from offset:2 | 2 3",
                "--from latest | ''",
                "--from timestamp:0 | 0 1 2 3",
                "--from timestamp:2100-01-01T00:00:00Z | ''",
                "--isolation read_committed | 0 1 2 3",
                "--max 3 | 0 1 2",
                "--from offset:1 --max 1 | 1",
                "--partition 0 | 0 1 2 3",
            })
    void shouldBeginAndEndWhereItIsTold(String args, String expected) {
        produce("0\n1\n2\n3\n");
        assertThat(consume((Object[]) args.split(" ")).out().lines().toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void shouldGoOnWhereTheGroupStopped() {
        produce("0\n1\n2\n");
        assertThat(consume("--group", "g", "--max", "2").out()).isEqualTo("0\n1\n");
        assertThat(consume("--group", "g").out()).isEqualTo("2\n");
        produce("3\n");
        assertThat(consume("--group", "g").out()).isEqualTo("3\n");
        assertThat(consume("--group", "g").out()).isEmpty();
        assertThat(groups("list").out()).isEqualToNormalizingNewlines("""
                group  partitions  lag
                g               1    0
                """);
    }

    @Test
    void shouldFollowWhatAnotherProcessAppends() throws Exception {
        produce("0\n1\n");
        try (EmbeddedLog log = EmbeddedLog.open(data());
                var producer = log.newProducer(
                        ProducerConfig.DEFAULT,
                        Serdes.String().serializer(),
                        Serdes.String().serializer())) {
            CompletableFuture<Cli> following =
                    CompletableFuture.supplyAsync(() -> consume("--follow", "--from", "offset:1", "--max", "4"));
            for (int i = 2; i < 5; i++) {
                producer.send(new ProducerRecord<>("t", Integer.toString(i))).join();
            }
            assertThat(following.get(60, TimeUnit.SECONDS)).isEqualTo(new Cli(0, "1\n2\n3\n4\n", ""));
            assertThat(consume("--follow", "--max", "1").out()).isEqualTo("0\n");
        }
        assertThat(consume("--follow", "--group", "g").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldDescribeResetAndDeleteGroups() {
        produce("0\n1\n2\n");
        consume("--group", "g");
        produce("3\n");
        assertThat(groups("describe", "g", "--json").out())
                .isEqualToNormalizingNewlines("{\"group\":\"g\",\"topic\":\"t\",\"partition\":0,\"committedOffset\":3,"
                        + "\"endOffset\":4,\"lag\":1,\"metadata\":\"\"}\n");
        assertThat(groups("reset", "g", "--topic", "t", "--to", "offset:1", "--dry-run")
                        .out())
                .contains("    3    1", "nothing was committed");
        assertThat(groups("reset", "g", "--topic", "t", "--to", "shift:-2", "--json")
                        .out())
                .isEqualToNormalizingNewlines("{\"group\":\"g\",\"topic\":\"t\",\"partition\":0,\"before\":3,"
                        + "\"committedOffset\":1,\"dryRun\":false}\n");
        assertThat(consume("--group", "g").out()).isEqualTo("1\n2\n3\n");
        assertThat(groups("reset", "g", "--topic", "t", "--to", "yesterday").exitCode())
                .isEqualTo(2);
        assertThat(groups("delete", "g").out()).isEqualToNormalizingNewlines("deleted group g\n");
        assertThat(groups("list", "--json").out()).isEmpty();
        assertThat(groups("describe", "g").exitCode()).isEqualTo(1);
        assertThat(groups("delete", "g").err()).contains("g").hasLineCount(1);
    }

    @Test
    void shouldNameTheLineThatIsWrong() {
        Cli cli = produce("a=1\nb\n", "--key-separator", "=");
        assertThat(cli.exitCode()).isEqualTo(1);
        assertThat(cli.err())
                .startsWith("tailrace: standard input, line 2: no key separator '='")
                .hasLineCount(1);
        assertThat(produce("x\n", "--headers").err()).contains("line 1: no tab behind the headers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "consume --topic t --isolation dirty | --isolation dirty, expected read_uncommitted or read_committed",
                "consume --topic t --max 0 | --max 0, expected 1 or more",
                "consume --topic t --from noon | --from noon, expected earliest, latest, offset:N",
                "consume --topic t --from offset:1 --group g | --from offset:1, expected earliest or latest",
                "consume --topic t --print colour | --print colour, expected some of topic, partition",
                "consume --topic t --value-format xml | --value-format xml, expected string, hex, base64, json or long",
                "produce --topic t --compression zip | --compression zip, expected none, gzip, snappy, lz4 or zstd",
            })
    void shouldRefuseWrongOptions(String args, String message) {
        produce("x\n");
        List<Object> all = new ArrayList<>(List.of(args.split(" ")));
        all.addAll(List.of("--data", data()));
        Cli cli = Cli.run(all.toArray());
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).startsWith("tailrace: " + message).hasLineCount(1);
    }

    private Cli produce(String input, Object... args) {
        return Cli.runWith(input, with("produce", "--topic", args));
    }

    private Cli consume(Object... args) {
        Cli cli = Cli.run(with("consume", "--topic", args));
        return new Cli(
                cli.exitCode(), cli.out().replace("\r\n", "\n"), cli.err().replace("\r\n", "\n"));
    }

    private Object[] with(String command, String option, Object... args) {
        List<Object> all = new ArrayList<>(List.of(command, "--data", data(), option, "t"));
        all.addAll(List.of(args));
        return all.toArray();
    }

    private Cli groups(String... args) {
        List<Object> all = new ArrayList<>(List.of("groups"));
        all.addAll(List.of(args));
        all.addAll(List.of("--data", data()));
        return Cli.run(all.toArray());
    }

    private Path data() {
        return directory.resolve("data");
    }
}
