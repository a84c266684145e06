package io.tailrace.systemtests.kafkaformat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.common.TransactionVersion;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.FetchDataInfo;
import org.apache.kafka.storage.internals.log.LogAppendInfo;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/** One partition, opened by the log of a Kafka broker. */
final class KafkaPartition implements AutoCloseable {
    private static final int DAY_MS = 24 * 60 * 60 * 1000;

    private final KafkaScheduler scheduler;
    private final UnifiedLog log;

    private KafkaPartition(KafkaScheduler scheduler, UnifiedLog log) {
        this.scheduler = scheduler;
        this.log = log;
    }

    /** @param directory {@code <topic>-<partition>} */
    static KafkaPartition open(Path directory, int segmentBytes) throws IOException {
        KafkaScheduler scheduler = new KafkaScheduler(1);
        scheduler.startup();
        LogConfig config = new LogConfig(Map.of(
                LogConfig.INTERNAL_SEGMENT_BYTES_CONFIG,
                segmentBytes,
                "index.interval.bytes",
                "512",
                "max.message.bytes",
                "10000000",
                "retention.ms",
                "-1",
                "message.timestamp.after.max.ms",
                Long.toString(Long.MAX_VALUE)));
        UnifiedLog log = UnifiedLog.create(
                directory.toFile(),
                config,
                0,
                0,
                scheduler,
                new BrokerTopicStats(),
                Time.SYSTEM,
                DAY_MS,
                new ProducerStateManagerConfig(DAY_MS, false),
                DAY_MS,
                new LogDirFailureChannel(1),
                false,
                Optional.empty());
        log.updateHighWatermark(log.logEndOffset());
        return new KafkaPartition(scheduler, log);
    }

    /** Returns the offset of the first record. */
    long append(MemoryRecords records) throws IOException {
        return published(log.appendAsLeader(records, 0, AppendOrigin.CLIENT));
    }

    /** As the transaction coordinator does: end markers. */
    long appendMarker(MemoryRecords records) throws IOException {
        return published(log.appendAsLeader(
                records,
                0,
                AppendOrigin.COORDINATOR,
                RequestLocal.noCaching(),
                VerificationGuard.SENTINEL,
                TransactionVersion.TV_1.featureLevel()));
    }

    private long published(LogAppendInfo appended) throws IOException {
        log.updateHighWatermark(log.logEndOffset());
        return appended.firstOffset();
    }

    void roll() throws IOException {
        log.roll();
    }

    long startOffset() {
        return log.logStartOffset();
    }

    long endOffset() {
        return log.logEndOffset();
    }

    long lastStableOffset() {
        return log.lastStableOffset();
    }

    UnifiedLog log() {
        return log;
    }

    /** All records of users, whatever became of their transactions. */
    List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (RecordBatch batch : batches()) {
            if (!batch.isControlBatch()) {
                for (Record record : batch) {
                    rows.add(Row.of(record));
                }
            }
        }
        return rows;
    }

    /** Every batch, each checked as a consumer checks it. */
    List<RecordBatch> batches() throws IOException {
        List<RecordBatch> batches = new ArrayList<>();
        long next = log.logStartOffset();
        while (next < log.logEndOffset()) {
            FetchDataInfo fetched = log.read(next, 1_000_000, FetchIsolation.LOG_END, true);
            for (RecordBatch batch : fetched.records.batches()) {
                batch.ensureValid();
                batches.add(batch);
                next = batch.nextOffset();
            }
        }
        return batches;
    }

    OptionalLong offsetForTimestamp(long timestamp) {
        return log.fetchOffsetByTimestamp(timestamp, Optional.empty())
                .timestampAndOffsetOpt()
                .map(found -> OptionalLong.of(found.offset))
                .orElse(OptionalLong.empty());
    }

    /** Stops as a broker does. */
    @Override
    public void close() {
        try {
            scheduler.shutdown(); // first, as it may be about to flush what closing unmaps
            log.close();
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
