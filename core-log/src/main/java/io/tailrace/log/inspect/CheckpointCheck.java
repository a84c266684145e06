package io.tailrace.log.inspect;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.catalog.OffsetCheckpoint;
import io.tailrace.log.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Compares Kafka's checkpoint files at the root of the log with the partitions: nothing was flushed, or deleted, that is
 * behind the end. Their shape is lines of text: version 0, a count, then topic, partition and offset.
 */
final class CheckpointCheck {
    private static final List<String> FILES =
            List.of(OffsetCheckpoint.RECOVERY_POINTS, OffsetCheckpoint.LOG_START_OFFSETS);

    private final Storage storage;
    private final Tally tally;
    private final boolean moving;

    CheckpointCheck(Storage storage, Tally tally, boolean moving) {
        this.storage = storage;
        this.tally = tally;
        this.moving = moving;
    }

    void run(List<Finding> findings) {
        for (String file : FILES) {
            if (!moving && storage.exists(file)) {
                check(file, findings);
            }
        }
    }

    private void check(String file, List<Finding> findings) {
        String text;
        try {
            text = new String(storage.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (StorageException e) {
            findings.add(Finding.ofFile(Severity.REPAIRABLE, file, String.valueOf(e.getMessage()), "a checkpoint"));
            return;
        }
        String[] lines = text.split("\n", -1);
        boolean shaped = lines.length >= 3
                && lines[0].equals("0")
                && lines[1].equals(Integer.toString(lines.length - 3))
                && lines[lines.length - 1].isEmpty();
        if (!shaped) {
            findings.add(Finding.ofFile(
                    Severity.REPAIRABLE, file, "other lines", "version 0, the count of partitions, a line for each"));
            return;
        }
        long position = lines[0].length() + lines[1].length() + 2L;
        for (int i = 2; i < lines.length - 1; i++) {
            checkLine(file, position, lines[i], findings);
            position += lines[i].getBytes(StandardCharsets.UTF_8).length + 1L;
        }
    }

    private void checkLine(String file, long position, String line, List<Finding> findings) {
        String[] fields = line.split(" ", -1);
        if (fields.length != 3 || !fields[1].matches("[0-9]{1,9}") || !fields[2].matches("[0-9]{1,18}")) {
            findings.add(
                    new Finding(Severity.REPAIRABLE, file, position, "'" + line + "'", "topic, partition, offset"));
            return;
        }
        Map<TopicPartition, Long> ends = tally.endOffsets();
        TopicPartition partition = new TopicPartition(fields[0], Integer.parseInt(fields[1]));
        long offset = Long.parseLong(fields[2]);
        if (!ends.containsKey(partition)) {
            findings.add(new Finding(
                    Severity.NOTE,
                    file,
                    position,
                    "offset " + offset + " of partition " + partition + ", which has no directory",
                    "a partition that is there"));
        } else if (offset > ends.getOrDefault(partition, 0L)) {
            findings.add(new Finding(
                    Severity.DAMAGE,
                    file,
                    position,
                    "offset " + offset + " of partition " + partition,
                    "at most " + ends.get(partition) + ", where its intact records end: some behind are lost"));
        }
    }
}
