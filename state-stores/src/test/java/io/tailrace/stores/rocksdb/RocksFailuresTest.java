package io.tailrace.stores.rocksdb;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.drain;
import static io.tailrace.stores.Entries.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.errors.ProcessorStateException;
import io.tailrace.stores.TestContext;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

/** Directories that cannot be used: each error names store, directory and remedy, and nothing native is left behind. */
class RocksFailuresTest {
    @TempDir
    Path stateDir;

    private Path directory = Path.of("");

    @BeforeEach
    void fill() {
        directory = stateDir.resolve("rocksdb");
        RocksByteStore store = new RocksByteStore("letters");
        store.open(new TestContext(stateDir));
        for (int i = 0; i < 2_000; i++) {
            store.put(key("key" + i), bytes("value" + i));
        }
        store.commit(Map.of());
        store.close();
    }

    @AfterEach
    void shouldLeaveNothingNative() {
        assertThat(RocksMemory.users()).isZero();
    }

    private void assertOpenFails(String... messageParts) {
        RocksByteStore store = new RocksByteStore("letters");
        assertThatThrownBy(() -> store.open(new TestContext(stateDir)))
                .isInstanceOf(ProcessorStateException.class)
                .hasMessageContaining("store 'letters'")
                .hasMessageContaining(directory.toString())
                .hasMessageContainingAll(messageParts);
        assertThat(store.isOpen()).isFalse();
    }

    @Test
    void shouldReportADamagedCatalog() throws IOException {
        Files.writeString(directory.resolve("CURRENT"), "no manifest\n", UTF_8);
        assertOpenFails("delete the directory", "restored from their changelogs");
    }

    @Test
    void shouldReportATruncatedManifest() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path manifest : files.filter(
                            file -> file.getFileName().toString().startsWith("MANIFEST"))
                    .toList()) {
                try (RandomAccessFile file = new RandomAccessFile(manifest.toFile(), "rw")) {
                    file.seek(10);
                    file.writeInt(0x5A5A5A5A);
                }
            }
        }
        assertOpenFails("delete the directory");
    }

    @Test
    void shouldReportAMissingFile() throws IOException {
        for (Path table : tables()) {
            Files.delete(table);
        }
        assertOpenFails("delete the directory");
    }

    @Test
    void shouldStartAfreshOnceTheDamagedDirectoryIsDeleted() throws IOException {
        Files.writeString(directory.resolve("CURRENT"), "no manifest\n", UTF_8);
        assertOpenFails("letters");
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        RocksByteStore store = new RocksByteStore("letters");
        store.open(new TestContext(stateDir));
        assertThat(drain(store.all())).isEmpty();
        store.close();
    }

    @Test
    void shouldReportFlippedBitsWhenTheyAreRead() throws IOException {
        for (Path table : tables()) {
            try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
                file.seek(100);
                file.writeInt(0x5A5A5A5A);
            }
        }
        RocksByteStore store = new RocksByteStore("letters");
        store.open(new TestContext(stateDir));
        try {
            assertThatThrownBy(() -> drain(store.all()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContainingAll("store 'letters'", directory.toString(), "delete the directory");
            assertThatThrownBy(() -> store.get(key("key0"))).isInstanceOf(ProcessorStateException.class);
        } finally {
            store.close();
        }
    }

    @Test
    void shouldReportADirectoryThatSomebodyElseHasOpen() throws Exception {
        try (Options options = new Options();
                RocksDB other = openForeign(options)) {
            assertThat(other).isNotNull();
            assertOpenFails("has it open", "state directory");
        }
    }

    private RocksDB openForeign(Options options) throws Exception {
        List<ColumnFamilyDescriptor> families = new ArrayList<>();
        for (byte[] name : RocksDB.listColumnFamilies(options, directory.toString())) {
            families.add(new ColumnFamilyDescriptor(name));
        }
        return RocksDB.open(directory.toString(), families, new ArrayList<>());
    }

    @Test
    void shouldReportAFileInTheWayOfTheDirectory() throws IOException {
        Path occupied = stateDir.resolve("occupied");
        Files.createDirectory(occupied);
        Files.writeString(occupied.resolve("rocksdb"), "a file");
        RocksByteStore store = new RocksByteStore("letters");
        assertThatThrownBy(() -> store.open(new TestContext(occupied)))
                .isInstanceOf(ProcessorStateException.class)
                .hasMessageContainingAll("letters", occupied.toString(), "can be written");
    }

    private List<Path> tables() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
    }
}
