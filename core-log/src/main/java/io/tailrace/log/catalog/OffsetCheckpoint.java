package io.tailrace.log.catalog;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with one offset for each of some partitions, at the root of the log.
 *
 * <p><b>Shape</b>, Kafka's checkpoint files of version 0: lines of text, a version, a count, then that many partitions:
 *
 * <pre>
 *   0
 *   2
 *   flights 0 4711
 *   flights 1 0
 * </pre>
 *
 * <p>What such a file says only saves work or repeats what the log could find out itself, so a missing or damaged one is no
 * error: it is reported once and treated as if it said nothing. It is believed as a whole or not at all.
 *
 * <p><b>Owner:</b> one thread at a time. <b>Durable:</b> when {@link #write} returns; a crash leaves the old or the new content.
 */
public final class OffsetCheckpoint {
    /** Up to which offset each partition is known to be on the device. */
    public static final String RECOVERY_POINTS = "recovery-point-offset-checkpoint";

    /** The first offset of each partition that is to be read. */
    public static final String LOG_START_OFFSETS = "log-start-offset-checkpoint";

    /** Up to which offset each partition is compacted. */
    public static final String COMPACTED_OFFSETS = "cleaner-offset-checkpoint";

    private static final Logger LOG = LoggerFactory.getLogger(OffsetCheckpoint.class);
    private static final String VERSION = "0";

    private final Storage storage;
    private final String name;

    /** @param name of the file, for example {@link #RECOVERY_POINTS} */
    public OffsetCheckpoint(Storage storage, String name) {
        this.storage = storage;
        this.name = name;
    }

    /** The offsets; empty when there is no file, or none that can be believed, which is logged as a warning. */
    public SortedMap<TopicPartition, Long> read() {
        if (!storage.exists(name)) {
            return Collections.emptySortedMap();
        }
        try {
            return parse(new String(storage.readAllBytes(name), StandardCharsets.UTF_8));
        } catch (StorageException | IllegalArgumentException e) {
            LOG.warn(
                    "{}/{} cannot be used and is treated as missing: {}",
                    JsonFile.nameOf(storage),
                    name,
                    e.getMessage());
            return Collections.emptySortedMap();
        }
    }

    private static SortedMap<TopicPartition, Long> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 3 || !lines[lines.length - 1].isEmpty()) {
            throw new IllegalArgumentException("it ends in the middle");
        }
        if (!lines[0].equals(VERSION)) {
            throw new IllegalArgumentException("line 1: version '" + lines[0] + "', expected " + VERSION);
        }
        int entries = lines.length - 3;
        if (number(lines[1], 2) != entries) {
            throw new IllegalArgumentException("line 2: count '" + lines[1] + "', found " + entries + " entries");
        }
        SortedMap<TopicPartition, Long> offsets = new TreeMap<>();
        for (int i = 2; i < lines.length - 1; i++) {
            String[] fields = lines[i].split(" ", -1);
            if (fields.length != 3 || fields[0].isEmpty()) {
                throw new IllegalArgumentException(
                        "line " + (i + 1) + ": '" + lines[i] + "', expected topic, partition, offset");
            }
            long partition = number(fields[1], i + 1);
            if (partition > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("line " + (i + 1) + ": partition " + partition);
            }
            TopicPartition topicPartition = new TopicPartition(fields[0], (int) partition);
            if (offsets.put(topicPartition, number(fields[2], i + 1)) != null) {
                throw new IllegalArgumentException("line " + (i + 1) + ": " + topicPartition + " for the second time");
            }
        }
        return offsets;
    }

    private static long number(String digits, int line) {
        if (!digits.matches("[0-9]{1,18}")) {
            throw new IllegalArgumentException("line " + line + ": '" + digits + "', expected a number from 0");
        }
        return Long.parseLong(digits);
    }

    /** Replaces the content; a crash or a power loss leaves the old or the new one. */
    public void write(Map<TopicPartition, Long> offsets) {
        StringBuilder text = new StringBuilder();
        text.append(VERSION).append('\n').append(offsets.size()).append('\n');
        new TreeMap<>(offsets).forEach((partition, offset) -> text.append(partition.topic())
                .append(' ')
                .append(partition.partition())
                .append(' ')
                .append(offset)
                .append('\n'));
        storage.writeAtomically(name, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
