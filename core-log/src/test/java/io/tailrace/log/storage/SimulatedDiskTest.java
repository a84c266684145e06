package io.tailrace.log.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The simulated disk is a storage, and forgets in a power cut what was not forced, and nothing else. */
class SimulatedDiskTest extends StorageContract {

    @Override
    Storage create() {
        return new SimulatedDisk();
    }

    @Override
    Storage openAgain(Storage first) {
        return ((SimulatedDisk) first).reopen();
    }

    private final SimulatedDisk disk = new SimulatedDisk();

    private void write(String path, String text, boolean force) {
        try (StorageFile file = disk.open(path, OpenMode.READ_WRITE)) {
            file.write(bytes(text), file.size());
            if (force) {
                file.force();
            }
        }
    }

    /** Every content of a file that an image has; "-" for none. */
    private Set<String> contents(String path) {
        PowerCut cut = PowerCut.at(disk, disk.operationCount(), 1);
        return IntStream.range(0, cut.systematicCount() + 200)
                .mapToObj(number -> {
                    MemoryStorage storage = cut.image(number).toStorage();
                    return storage.exists(path) ? new String(storage.readAllBytes(path), UTF_8) : "-";
                })
                .collect(Collectors.toSet());
    }

    @Test
    void shouldKeepForcedBytesUnderAForcedName() {
        write("a", "one", true);
        disk.forceDirectory("");
        assertThat(contents("a")).containsExactly("one");

        write("a", "two", false);
        assertThat(contents("a")).containsExactlyInAnyOrder("one", "onetwo", "one\0\0\0");
    }

    @Test
    void shouldLoseANameThatWasNotForced() {
        write("a", "one", true);
        assertThat(contents("a")).containsExactlyInAnyOrder("-", "one");
    }

    @Test
    void shouldLoseAForcedFileWithItsDirectory() {
        disk.createDirectories("d");
        write("d/a", "one", true);
        disk.forceDirectory("d");
        assertThat(contents("d/a")).containsExactlyInAnyOrder("-", "one");

        disk.forceDirectory("");
        assertThat(contents("d/a")).containsExactly("one");
    }

    @Test
    void shouldRenameInOneStepOrNotAtAll() {
        write("a", "old", true);
        disk.forceDirectory("");
        write("b", "new", true);
        disk.rename("b", "a");
        assertThat(contents("a")).containsExactlyInAnyOrder("old", "new");

        disk.forceDirectory("");
        assertThat(contents("a")).containsExactly("new");
        assertThat(contents("b")).containsExactly("-");
    }

    @Test
    void shouldFindADeletedFileAgainUntilTheDirectoryIsForced() {
        write("a", "old", true);
        disk.forceDirectory("");
        disk.delete("a");
        assertThat(contents("a")).containsExactlyInAnyOrder("-", "old");

        disk.forceDirectory("");
        assertThat(contents("a")).containsExactly("-");
    }

    @Test
    void shouldTearAWriteAtEachSector() {
        write("a", "", true);
        disk.forceDirectory("");
        String large = "x".repeat(10_000);
        write("a", large, false);

        Set<Integer> lengths = contents("a").stream()
                .filter(text -> text.indexOf('\0') < 0)
                .map(String::length)
                .collect(Collectors.toSet());
        List<Integer> sectors =
                IntStream.rangeClosed(0, 19).mapToObj(n -> n * 512).toList();
        assertThat(lengths).containsAll(sectors).contains(10_000);
    }

    @Test
    void shouldReorderWritesThatWereNotForced() {
        write("a", "", true);
        disk.forceDirectory("");
        write("a", "1", false);
        write("a", "2", false);
        assertThat(contents("a")).contains("", "1", "\0002", "12");
    }

    @Test
    void shouldMakeAnImageAgainFromItsNumber() {
        write("a", "x".repeat(5000), false);
        write("b", "y".repeat(5000), false);
        PowerCut first = PowerCut.at(disk, disk.operationCount(), 7);
        PowerCut second = PowerCut.at(disk, disk.operationCount(), 7);
        for (int number = 0; number < first.systematicCount() + 20; number++) {
            assertThat(first.image(number).fingerprint())
                    .isEqualTo(second.image(number).fingerprint());
        }
        assertThat(DiskImage.of(SimulatedDisk.holding(first.image(1))).fingerprint())
                .isEqualTo(first.image(1).fingerprint());
    }
}
