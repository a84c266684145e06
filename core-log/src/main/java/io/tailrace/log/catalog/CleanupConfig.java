package io.tailrace.log.catalog;

import io.tailrace.common.config.ConfigCheck;
import io.tailrace.common.config.ConfigException;
import io.tailrace.common.config.ConfigKey;
import io.tailrace.common.config.ConfigValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a topic keeps, and for how long: the configs by which old records are deleted or compacted. Names, defaults and
 * meaning are Kafka's.
 *
 * @param compacted whether only the latest record of each key is sure to stay
 * @param deleted whether old segments are deleted
 * @param retentionMs age of the youngest record of a segment at which the segment is deleted; {@link #NO_LIMIT} for never
 * @param retentionBytes of all segments of a partition, above which the oldest are deleted; {@link #NO_LIMIT} for never
 * @param segmentMs age of the oldest record of the last segment at which the next segment is begun
 * @param deleteRetentionMs how long compaction leaves a tombstone that a reader may still need
 * @param minDirtyRatio share of bytes not compacted yet, from which a partition is worth compacting
 * @param minCompactionLagMs age below which no record is compacted
 * @param maxCompactionLagMs age at which a record is compacted whatever the ratio is
 */
public record CleanupConfig(
        boolean compacted,
        boolean deleted,
        long retentionMs,
        long retentionBytes,
        long segmentMs,
        long deleteRetentionMs,
        double minDirtyRatio,
        long minCompactionLagMs,
        long maxCompactionLagMs) {

    /** As a limit: there is none. */
    public static final long NO_LIMIT = -1;

    private static final String DELETE = "delete";
    private static final String COMPACT = "compact";
    private static final long DAY_MS = 24 * 60 * 60 * 1000L;

    public static final ConfigKey<List<String>> CLEANUP_POLICY = ConfigKey.list("cleanup.policy")
            .defaultTo(List.of(DELETE))
            .check(ConfigCheck.eachOneOf(COMPACT, DELETE))
            .check(new ConfigCheck<>("one or both", policies -> !policies.isEmpty()))
            .doc(
                    "how old records go: 'delete' takes whole segments that are too old or too many, 'compact' takes records whose"
                            + " key has a later record; 'compact,delete' does both");

    public static final ConfigKey<Long> RETENTION_MS = ConfigKey.longNumber("retention.ms")
            .defaultTo(7 * DAY_MS)
            .check(ConfigCheck.atLeast(NO_LIMIT))
            .doc("with policy delete: a segment is deleted when its youngest record is older than this; -1 for never");

    public static final ConfigKey<Long> RETENTION_BYTES = ConfigKey.longNumber("retention.bytes")
            .defaultTo(NO_LIMIT)
            .check(ConfigCheck.atLeast(NO_LIMIT))
            .doc(
                    "with policy delete: the oldest segments of a partition are deleted while the others have this many bytes;"
                            + " -1 for no limit");

    public static final ConfigKey<Long> SEGMENT_MS = ConfigKey.longNumber("segment.ms")
            .defaultTo(7 * DAY_MS)
            .check(ConfigCheck.atLeast(1L))
            .doc(
                    "age of the first record of a segment at which the next one is begun, so that retention and compaction, which"
                            + " leave the last segment alone, get at its records");

    public static final ConfigKey<Long> DELETE_RETENTION_MS = ConfigKey.longNumber("delete.retention.ms")
            .defaultTo(DAY_MS)
            .check(ConfigCheck.atLeast(0L))
            .doc(
                    "with policy compact: how long a tombstone (a record without value) stays after it was first compacted, for"
                            + " readers that would else miss that the key is gone");

    public static final ConfigKey<Double> MIN_CLEANABLE_DIRTY_RATIO = ConfigKey.doubleNumber(
                    "min.cleanable.dirty.ratio")
            .defaultTo(0.5)
            .check(ConfigCheck.between(0.0, 1.0))
            .doc("with policy compact: share of the log that was not compacted yet, from which it is compacted again");

    public static final ConfigKey<Long> MIN_COMPACTION_LAG_MS = ConfigKey.longNumber("min.compaction.lag.ms")
            .defaultTo(0L)
            .check(ConfigCheck.atLeast(0L))
            .doc("with policy compact: records younger than this are not compacted");

    public static final ConfigKey<Long> MAX_COMPACTION_LAG_MS = ConfigKey.longNumber("max.compaction.lag.ms")
            .defaultTo(Long.MAX_VALUE)
            .check(ConfigCheck.atLeast(1L))
            .doc("with policy compact: records older than this are compacted whatever the dirty ratio is");

    static final List<ConfigKey<?>> KEYS = List.of(
            CLEANUP_POLICY,
            RETENTION_MS,
            RETENTION_BYTES,
            SEGMENT_MS,
            DELETE_RETENTION_MS,
            MIN_CLEANABLE_DIRTY_RATIO,
            MIN_COMPACTION_LAG_MS,
            MAX_COMPACTION_LAG_MS);

    static CleanupConfig of(ConfigValues values) {
        List<String> policies = values.get(CLEANUP_POLICY);
        long minLagMs = values.get(MIN_COMPACTION_LAG_MS);
        if (minLagMs > values.get(MAX_COMPACTION_LAG_MS)) {
            throw new ConfigException(
                    MAX_COMPACTION_LAG_MS.name(),
                    values.get(MAX_COMPACTION_LAG_MS),
                    "expected at least " + minLagMs + ", the value of " + MIN_COMPACTION_LAG_MS);
        }
        return new CleanupConfig(
                policies.contains(COMPACT),
                policies.contains(DELETE),
                values.get(RETENTION_MS),
                values.get(RETENTION_BYTES),
                values.get(SEGMENT_MS),
                values.get(DELETE_RETENTION_MS),
                values.get(MIN_CLEANABLE_DIRTY_RATIO),
                values.get(MIN_COMPACTION_LAG_MS),
                values.get(MAX_COMPACTION_LAG_MS));
    }

    void addTo(Map<String, String> map) {
        List<String> policies = new ArrayList<>();
        if (compacted) {
            policies.add(COMPACT);
        }
        if (deleted) {
            policies.add(DELETE);
        }
        map.put(CLEANUP_POLICY.name(), String.join(",", policies));
        map.put(RETENTION_MS.name(), Long.toString(retentionMs));
        map.put(RETENTION_BYTES.name(), Long.toString(retentionBytes));
        map.put(SEGMENT_MS.name(), Long.toString(segmentMs));
        map.put(DELETE_RETENTION_MS.name(), Long.toString(deleteRetentionMs));
        map.put(MIN_CLEANABLE_DIRTY_RATIO.name(), Double.toString(minDirtyRatio));
        map.put(MIN_COMPACTION_LAG_MS.name(), Long.toString(minCompactionLagMs));
        map.put(MAX_COMPACTION_LAG_MS.name(), Long.toString(maxCompactionLagMs));
    }
}
