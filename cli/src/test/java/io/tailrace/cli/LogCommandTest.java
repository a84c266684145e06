package io.tailrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.EmbeddedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCommandTest {
    private static final String SEGMENT = "t-0/00000000000000000000.log";

    @TempDir
    private Path directory;

    @BeforeEach
    void fill() {
        Cli.run("topics", "create", "t", "--config", "segment.bytes=1024", "--data", data());
        for (int i = 0; i < 5; i++) { // five batches
            Cli.runWith(
                    "key-" + i + "=" + "value ".repeat(50) + "\n",
                    "produce",
                    "--topic",
                    "t",
                    "--key-separator",
                    "=",
                    "--data",
                    data());
        }
        Cli.run("consume", "--topic", "t", "--group", "g", "--max", "3", "--data", data());
    }

    @Test
    void shouldVerifyALog() {
        Cli cli = log("verify");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out()).startsWith("clean: checked 6 records in 6 batches, ");
        assertThat(log("verify", "--json").out())
                .matches(
                        "\\{\"type\":\"summary\",\"clean\":true,\"moving\":false,\"findings\":0,\"topics\":2,"
                                + "\"partitions\":[0-9]+,\"segments\":[0-9]+,\"batches\":6,\"records\":6,\"bytes\":[0-9]+\\}\n");
    }

    @Test
    void shouldReportDamageAndSalvageTheRest() throws IOException {
        flip(SEGMENT, 80);
        Cli verify = log("verify");
        assertThat(verify.exitCode()).isEqualTo(1);
        assertThat(verify.out())
                .startsWith("damage: " + SEGMENT + " at 0: found CRC-32C")
                .contains("DAMAGED: checked 5");
        assertThat(log("verify", "--json").out())
                .startsWith("{\"type\":\"finding\",\"severity\":\"damage\",\"file\":\"" + SEGMENT
                        + "\",\"position\":0,\"found\":\"CRC-32C");

        Cli salvage = log("salvage", "--to", copy(), "--json");
        assertThat(salvage.exitCode()).isEqualTo(1);
        assertThat(salvage.out())
                .startsWith("{\"type\":\"lost\",\"topic\":\"t\",\"partition\":0,\"firstOffset\":0,\"endOffset\":1,")
                .contains("\"complete\":false", "\"records\":5");
        assertThat(Cli.run("log", "verify", "--data", copy()).exitCode()).isZero();
        assertThat(Cli.run("consume", "--topic", "t", "--print", "offset,key", "--data", copy())
                        .out())
                .isEqualToNormalizingNewlines("1\tkey-1\n2\tkey-2\n3\tkey-3\n4\tkey-4\n");
        assertThat(Cli.run("consume", "--topic", "t", "--group", "g", "--print", "offset", "--data", copy())
                        .out())
                .isEqualToNormalizingNewlines("3\n4\n");
        assertThat(log("salvage", "--to", copy()).exitCode()).isEqualTo(2);
        assertThat(log("salvage", "--to", copy()).err())
                .contains("expected an empty or new directory")
                .hasLineCount(1);
    }

    @Test
    void shouldSalvageEverythingOfAWholeLog() {
        Cli salvage = log("salvage", "--to", copy());
        assertThat(salvage.exitCode()).isZero();
        assertThat(salvage.out()).contains("salvaged 6 records").endsWith("nothing is lost\n");
    }

    @Test
    void shouldSayTwoWhenALogCannotBeChecked() {
        Cli cli = Cli.run("log", "verify", "--data", directory.resolve("no"));
        assertThat(cli.exitCode()).isEqualTo(2);
        assertThat(cli.err()).contains("there is no data directory").hasLineCount(1);
        assertThat(directory.resolve("no")).doesNotExist();
    }

    @Test
    void shouldNotTouchADirectoryThatIsNoLog() throws IOException {
        Path other = Files.createDirectory(directory.resolve("photos"));
        assertThat(Cli.run("log", "verify", "--data", other).exitCode()).isEqualTo(2);
        assertThat(Cli.run("log", "dump", "--data", other).exitCode()).isEqualTo(1);
        assertThat(Cli.run("log", "backup", "--data", other, "--to", copy()).exitCode())
                .isEqualTo(1);
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void shouldDumpBatchesRecordsAndIndexes() {
        Cli cli = log("dump", "--partition", "t-0", "--records", "--indexes");
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.out())
                .startsWith(SEGMENT.replace(".log", ".index") + "\n" + SEGMENT + "\n  at 0: offsets 0..0, 1 records, ")
                .contains("    0 ", " key-0 value ", SEGMENT.replace(".log", ".timeindex") + "\n  timestamp ");
        List<String> lines = log("dump", "--file", SEGMENT, "--records", "--json")
                .out()
                .lines()
                .toList();
        assertThat(lines.get(0))
                .startsWith("{\"type\":\"batch\",\"file\":\"" + SEGMENT + "\",\"position\":0,\"sizeInBytes\":")
                .contains("\"crcOk\":true", "\"baseOffset\":0", "\"magic\":2");
        assertThat(lines.get(1)).startsWith("{\"type\":\"record\",\"file\":\"" + SEGMENT + "\",\"offset\":0,");
        assertThat(log("dump", "--partition", "x-0").err()).contains("x-0").hasLineCount(1);
        assertThat(log("dump", "--file", "topics.json").exitCode()).isEqualTo(2);
    }

    @Test
    void shouldLookAtALogThatIsOpen() {
        try (EmbeddedLog log = EmbeddedLog.open(data())) {
            assertThat(log.directory()).isPresent();
            Cli verify = log("verify");
            assertThat(verify.exitCode()).isZero();
            assertThat(verify.err())
                    .startsWith(
                            "tailrace: note: process " + ProcessHandle.current().pid() + " has ")
                    .hasLineCount(1);
            assertThat(log("verify", "--json").out()).contains("\"moving\":true");
            assertThat(log("dump").out()).contains("offsets 0..0");
            Cli salvage = log("salvage", "--to", copy());
            assertThat(salvage.exitCode()).isEqualTo(2);
            assertThat(salvage.err()).contains("is locked by process");
            assertThat(log("backup", "--to", copy()).err()).contains("is locked by process");
            assertThat(copy()).doesNotExist();
        }
    }

    @Test
    void shouldBackUpAClosedLog() {
        Cli backup = log("backup", "--to", copy(), "--json");
        assertThat(backup.exitCode()).isZero();
        assertThat(backup.out()).startsWith("{\"topics\":2,\"partitions\":");
        assertThat(Cli.run("log", "verify", "--data", copy()).exitCode()).isZero();
        assertThat(Cli.run("consume", "--topic", "t", "--group", "g", "--print", "key", "--data", copy())
                        .out())
                .isEqualToNormalizingNewlines("key-3\nkey-4\n");
        Path second = directory.resolve("second");
        assertThat(log("backup", "--to", second, "--copy").out()).contains(", 0 shared");
    }

    private void flip(String file, int at) throws IOException {
        Path path = data().resolve(file);
        byte[] bytes = Files.readAllBytes(path);
        bytes[at] ^= 1;
        Files.write(path, bytes);
    }

    private Cli log(Object... args) {
        List<Object> all = new ArrayList<>(List.of("log"));
        all.addAll(List.of(args));
        all.addAll(List.of("--data", data()));
        return Cli.run(all.toArray());
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path copy() {
        return directory.resolve("copy");
    }
}
