package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.errors.ProcessorStateException;
import io.tailrace.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that is not as the application has left it: what is counted stays right, or the start is refused with the reason. */
class DamagedStateTest {
    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private static Topology counting() {
        return Nodes.counting(Nodes.persistent("counts"));
    }

    /** An application that has counted each of two keys three times, and is closed. */
    private Rig counted() {
        Rig rig = new Rig(dir).topic("in", 2).exactlyOnce();
        rig.open(counting());
        for (int i = 0; i < 3; i++) {
            rig.send("in", 0, "a", "v", 1);
            rig.send("in", 1, "b", "v", 1);
            rig.run().commit();
        }
        rig.closeApp();
        rig.restores.entries.clear();
        return rig;
    }

    private static void assertCountsGoOn(Rig rig) {
        rig.send("in", 0, "a", "v", 2);
        rig.send("in", 1, "b", "v", 2);
        rig.run().commit();
        assertThat(rig.values("out")).containsExactlyInAnyOrder("1", "2", "3", "4", "1", "2", "3", "4");
        assertThat(rig.values("app-counts-changelog")).containsExactly("1", "2", "3", "4", "1", "2", "3", "4");
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private List<Path> rocksFiles(String prefix, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(dir.resolve("app").resolve("0_0").resolve("rocksdb"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)
                            && file.getFileName().toString().endsWith(suffix))
                    .toList();
        }
    }

    @Test
    void shouldRestoreEverythingWhenTheStateIsDeleted() throws IOException {
        try (Rig rig = counted()) {
            deleteAll(dir.resolve("app"));
            rig.open(counting());
            assertThat(rig.restores.entries).hasSize(4);
            assertCountsGoOn(rig);
        }
    }

    @Test
    void shouldRestoreTheTaskWhoseStateIsDeleted() throws IOException {
        try (Rig rig = counted()) {
            deleteAll(dir.resolve("app").resolve("0_0"));
            rig.open(counting());
            assertThat(rig.restores.entries)
                    .containsExactly("start counts app-counts-changelog-0 0..6", "end counts 3");
            assertCountsGoOn(rig);
        }
    }

    @Test
    void shouldRefuseAStoreThatDoesNotKnowItsFiles() throws IOException {
        try (Rig rig = counted()) {
            Files.delete(dir.resolve("app").resolve("0_0").resolve("rocksdb").resolve("CURRENT"));
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining("store 'counts'")
                    .hasMessageContaining(dir.resolve("app").toString())
                    .hasMessageContaining("delete the directory");
        }
    }

    @Test
    void shouldRefuseAStoreThatHasLostAFile() throws IOException {
        try (Rig rig = counted()) {
            for (Path table : rocksFiles("", ".sst")) {
                Files.delete(table);
            }
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining("store 'counts'")
                    .hasMessageContaining(dir.resolve("app").toString());
            rig.crash();
            deleteAll(dir.resolve("app").resolve("0_0"));
            rig.open(counting());
            assertCountsGoOn(rig);
        }
    }

    @Test
    void shouldRefuseAStoreWithoutItsCatalog() throws IOException {
        try (Rig rig = counted()) {
            for (Path catalog : rocksFiles("MANIFEST", "")) {
                Files.delete(catalog);
            }
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining("store 'counts'")
                    .hasMessageContaining(dir.resolve("app").toString());
        }
    }

    @Test
    void shouldRefuseTheStateOfAnotherApplication() throws IOException {
        try (Rig rig = counted()) {
            Files.move(dir.resolve("app"), dir.resolve("other"));
            rig.with("application.id", "other");
            assertThatThrownBy(() -> rig.open(counting()))
                    .isInstanceOf(ProcessorStateException.class)
                    .hasMessageContaining(dir.resolve("other").toString())
                    .hasMessageContaining("has the state of application 'app', not of 'other'");
        }
    }
}
