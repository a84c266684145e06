package io.tailrace.log.clean;

import io.tailrace.log.catalog.CleanupConfig;
import io.tailrace.log.partition.PartitionHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins new segments by time, and deletes those that are too old or too much, as the configs of a topic say. */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private Retention() {}

    /** @param nowMs in milliseconds since 1970 */
    public static void apply(PartitionHistory history, CleanupConfig config, long nowMs) {
        if (config.deleted()) {
            long olderThanMs = config.retentionMs() == CleanupConfig.NO_LIMIT
                    ? Long.MIN_VALUE
                    : Dirtiness.oldest(nowMs, config.retentionMs());
            long retainedBytes =
                    config.retentionBytes() == CleanupConfig.NO_LIMIT ? Long.MAX_VALUE : config.retentionBytes();
            if (olderThanMs != Long.MIN_VALUE || retainedBytes != Long.MAX_VALUE) {
                int deleted = history.deleteExpired(olderThanMs, retainedBytes);
                if (deleted > 0) {
                    LOG.info("Deleted {} segments of {} by retention", deleted, history.topicPartition());
                }
            }
        }
        long segmentMs =
                config.compacted() ? Math.min(config.segmentMs(), config.maxCompactionLagMs()) : config.segmentMs();
        history.rollIfOlder(Dirtiness.oldest(nowMs, segmentMs));
    }
}
