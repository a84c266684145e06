package io.tailrace.proof;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.inspect.ByteProgress;
import io.tailrace.log.inspect.LogSalvage;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.storage.MemoryStorage;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is saved out of a damaged directory: every record of a batch that the damage has not touched, and nothing wrong. */
final class SalvageCheck {
    private SalvageCheck() {}

    /**
     * @param path of the damaged file
     * @param original its bytes before
     * @param from first damaged byte
     * @param to behind the last one
     */
    static void check(SmallLog log, MemoryStorage damaged, String path, byte[] original, int from, int to) {
        MemoryStorage saved = new MemoryStorage();
        new LogSalvage(damaged, saved, Time.SYSTEM, ByteProgress.SILENT).run();
        Set<Long> lost = path.endsWith(".log") ? offsets(original, from, to) : Set.of();
        String directory = path.substring(0, Math.max(0, path.indexOf('/')));
        try (EmbeddedLog opened = EmbeddedLog.open(saved.reopen(), log.options())) {
            for (Map.Entry<TopicPartition, List<ConsumerRecord<String, String>>> expected :
                    log.records().entrySet()) {
                TopicPartition partition = expected.getKey();
                Reading reading = Reading.of(opened, partition);
                BitRotProof.checkRead(partition, expected.getValue(), reading);
                Set<Long> missing = new HashSet<>();
                expected.getValue().forEach(record -> missing.add(record.offset()));
                reading.records().forEach(record -> missing.remove(record.offset()));
                if (directory.equals(partition.toString())) {
                    missing.removeAll(lost);
                }
                Violation.check(missing.isEmpty(), "salvage leaves out {} of {}", missing, partition);
                Violation.check(
                        reading.unreadable().isEmpty(), "a salvaged log cannot be read: {}", reading.unreadable());
            }
        }
    }

    /** Of the batches that overlap a part of a log file. */
    private static Set<Long> offsets(byte[] file, int from, int to) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        Set<Long> offsets = new HashSet<>();
        int next;
        for (int at = 0; at + BatchLayout.HEADER_BYTES <= file.length; at = next) {
            next = at + BatchLayout.LENGTH_EXCLUDES_BYTES + bytes.getInt(at + BatchLayout.LENGTH);
            if (from < next && at < to) {
                long base = bytes.getLong(at + BatchLayout.BASE_OFFSET);
                for (int delta = 0; delta <= bytes.getInt(at + BatchLayout.LAST_OFFSET_DELTA); delta++) {
                    offsets.add(base + delta);
                }
            }
        }
        return offsets;
    }
}
