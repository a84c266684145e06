package io.tailrace.log;

import io.tailrace.common.Time;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.MaintenanceConfig;
import io.tailrace.log.storage.FileStorage;
import java.util.function.Consumer;

/**
 * How a log is opened. Immutable; each {@code with} returns a changed copy.
 *
 * @param time the clock: timestamps of records that have none, linger and timeouts
 * @param autoCreateTopics whether sending to a topic that does not exist creates it
 * @param defaultPartitions of topics that are created automatically, from 1
 * @param segmentBytes the {@code segment.bytes} of topics that do not set it, from 1024
 * @param durability when records, committed offsets, and topics that were created or deleted survive a power loss
 * @param recoveryThreads that check partitions side by side when the log is opened after a crash, from 1
 * @param maxOpenFiles how many files stay open while nobody uses them, from 8; does not concern a log in memory
 * @param maintenance how old records are deleted and compacted in the background
 */
public record LogOptions(
        Time time,
        boolean autoCreateTopics,
        int defaultPartitions,
        int segmentBytes,
        Durability durability,
        int recoveryThreads,
        int maxOpenFiles,
        MaintenanceConfig maintenance) {

    /**
     * The machine's clock; topics created automatically, with one partition; segments of 1 GiB, as in Kafka; {@link
     * Durability#OS}; one recovery thread for each processor; {@value FileStorage#MAX_OPEN_FILES} open files; {@link
     * MaintenanceConfig#DEFAULT}.
     */
    public static final LogOptions DEFAULT = new LogOptions(
            Time.SYSTEM,
            true,
            1,
            1 << 30,
            Durability.OS,
            Math.max(1, Runtime.getRuntime().availableProcessors()),
            FileStorage.MAX_OPEN_FILES,
            MaintenanceConfig.DEFAULT);

    private static final int MIN_SEGMENT_BYTES = 1024;
    private static final int MIN_OPEN_FILES = 8;

    public LogOptions {
        check("defaultPartitions", defaultPartitions, 1);
        check("segmentBytes", segmentBytes, MIN_SEGMENT_BYTES);
        check("recoveryThreads", recoveryThreads, 1);
        check("maxOpenFiles", maxOpenFiles, MIN_OPEN_FILES);
    }

    private static void check(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + ", expected " + least + " or more");
        }
    }

    public LogOptions withTime(Time newTime) {
        return with(draft -> draft.time = newTime);
    }

    public LogOptions withAutoCreateTopics(boolean newAutoCreateTopics) {
        return with(draft -> draft.autoCreateTopics = newAutoCreateTopics);
    }

    public LogOptions withDefaultPartitions(int newDefaultPartitions) {
        return with(draft -> draft.defaultPartitions = newDefaultPartitions);
    }

    public LogOptions withSegmentBytes(int newSegmentBytes) {
        return with(draft -> draft.segmentBytes = newSegmentBytes);
    }

    public LogOptions withDurability(Durability newDurability) {
        return with(draft -> draft.durability = newDurability);
    }

    public LogOptions withRecoveryThreads(int newRecoveryThreads) {
        return with(draft -> draft.recoveryThreads = newRecoveryThreads);
    }

    public LogOptions withMaxOpenFiles(int newMaxOpenFiles) {
        return with(draft -> draft.maxOpenFiles = newMaxOpenFiles);
    }

    public LogOptions withMaintenance(MaintenanceConfig newMaintenance) {
        return with(draft -> draft.maintenance = newMaintenance);
    }

    private LogOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finish();
    }

    /** The options while one of them is changed. */
    private static final class Draft {
        private Time time;
        private boolean autoCreateTopics;
        private int defaultPartitions;
        private int segmentBytes;
        private Durability durability;
        private int recoveryThreads;
        private int maxOpenFiles;
        private MaintenanceConfig maintenance;

        Draft(LogOptions from) {
            time = from.time;
            autoCreateTopics = from.autoCreateTopics;
            defaultPartitions = from.defaultPartitions;
            segmentBytes = from.segmentBytes;
            durability = from.durability;
            recoveryThreads = from.recoveryThreads;
            maxOpenFiles = from.maxOpenFiles;
            maintenance = from.maintenance;
        }

        LogOptions finish() {
            return new LogOptions(
                    time,
                    autoCreateTopics,
                    defaultPartitions,
                    segmentBytes,
                    durability,
                    recoveryThreads,
                    maxOpenFiles,
                    maintenance);
        }
    }
}
