package io.tailrace.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.ManualTime;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every byte of a small log is changed, and every file cut at every length: both are told, and the rest is saved. */
class DamageMatrixTest {
    private final MemoryStorage storage = SmallLog.create();

    @Test
    void shouldReportEveryByteThatIsNotWhatWasWritten() {
        assertThat(LogVerify.verify(storage).findings()).isEmpty();
        List<String> silent = new ArrayList<>();
        for (String file : filesWithContent(storage)) {
            for (long at = 0; at < storage.size(file); at++) {
                SmallLog.flip(storage, file, at, 1 << (at % 8));
                if (LogVerify.verify(storage).findings().isEmpty()) {
                    silent.add(file + " at " + at);
                }
                SmallLog.flip(storage, file, at, 1 << (at % 8));
            }
        }
        assertThat(silent).isEmpty();
    }

    private boolean isTimeIndexOfLastSegment(String file) {
        String directory = file.substring(0, file.lastIndexOf('/') + 1);
        return file.endsWith(".timeindex")
                && SmallLog.files(storage).stream()
                        .filter(other -> other.startsWith(directory) && other.endsWith(".timeindex"))
                        .noneMatch(other -> other.compareTo(file) > 0);
    }

    /** Without the marker of a clean stop, which tells something by being there, whatever is in it. */
    private static List<String> filesWithContent(MemoryStorage storage) {
        return SmallLog.files(storage).stream()
                .filter(file -> !file.equals(".kafka_cleanshutdown"))
                .toList();
    }

    /** A log that ends earlier is a log, and an index that has fewer entries is one. */
    @Test
    void shouldReportEveryFileThatWasCutInTheMiddle() {
        Map<String, List<long[]>> batches = batches(storage);
        List<String> silent = new ArrayList<>();
        for (String file : filesWithContent(storage)) {
            byte[] whole = storage.readAllBytes(file);
            for (int length = 0; length < whole.length; length++) {
                long end = length;
                boolean isWhole = file.startsWith("__")
                        ? length == 0
                        : file.endsWith(".index")
                                ? length % 8 == 0
                                : isTimeIndexOfLastSegment(file)
                                        ? length % 12 == 0
                                        : batches.getOrDefault(file, List.of()).stream()
                                                .anyMatch(batch -> batch[0] == end);
                storage.writeAtomically(file, Arrays.copyOf(whole, length));
                if (LogVerify.verify(storage).findings().isEmpty() && !isWhole) {
                    silent.add(file + " cut to " + length);
                }
            }
            storage.writeAtomically(file, whole);
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void shouldSaveEveryOtherBatch() {
        Map<TopicPartition, List<String>> whole = SmallLog.read(storage.reopen());
        MemoryStorage damaged = storage.reopen();
        Map<String, List<long[]>> batches = batches(damaged);
        batches.forEach((file, some) -> {
            for (long[] batch : some) {
                for (long at = batch[0]; at < batch[0] + batch[1]; at++) {
                    SmallLog.flip(damaged, file, at, 0x10);
                    checkSalvage(damaged, whole, file, at, batch[2], batch[3]);
                    SmallLog.flip(damaged, file, at, 0x10);
                }
            }
        });
        assertThat(batches).hasSize(4);
    }

    private static void checkSalvage(
            MemoryStorage damaged,
            Map<TopicPartition, List<String>> whole,
            String file,
            long at,
            long firstOffset,
            long endOffset) {
        MemoryStorage target = new MemoryStorage();
        SalvageReport report = new LogSalvage(damaged, target, new ManualTime(), ByteProgress.SILENT).run();
        String what = file + " at " + at + ": " + report;
        assertThat(LogVerify.verify(target).isClean()).as(what).isTrue();
        Map<TopicPartition, List<String>> saved = SmallLog.read(target.reopen());
        whole.forEach((partition, records) -> {
            boolean hit = file.startsWith(partition.topic() + "-" + partition.partition() + "/");
            List<String> expected = records.stream()
                    .filter(record -> !hit || isOutside(record, firstOffset, endOffset))
                    .toList();
            List<String> found = saved.getOrDefault(partition, List.of()).stream()
                    .filter(record -> !hit || isOutside(record, firstOffset, endOffset))
                    .toList();
            assertThat(found).as(what).isEqualTo(expected);
        });
    }

    private static boolean isOutside(String record, long firstOffset, long endOffset) {
        long offset = Long.parseLong(record.substring(0, record.indexOf(' ')));
        return offset < firstOffset || offset >= endOffset;
    }

    /** Position, size, first and end offset of each batch, by file. */
    private static Map<String, List<long[]>> batches(MemoryStorage storage) {
        Map<String, List<long[]>> batches = new HashMap<>();
        for (String path : SmallLog.files(storage)) {
            if (path.endsWith(".log") && !path.startsWith("__")) {
                try (StorageFile file = storage.open(path, OpenMode.READ)) {
                    long base = PartitionFiles.baseOffset(path.substring(path.indexOf('/') + 1));
                    BatchScan scan = new BatchScan(file, path, file.size(), base, Long.MAX_VALUE, false);
                    while (scan.next()) {
                        batches.computeIfAbsent(path, p -> new ArrayList<>()).add(new long[] {
                            scan.batch().filePosition(),
                            scan.batch().sizeInBytes(),
                            scan.batch().baseOffset(),
                            scan.batch().nextOffset()
                        });
                    }
                }
            }
        }
        return batches;
    }
}
