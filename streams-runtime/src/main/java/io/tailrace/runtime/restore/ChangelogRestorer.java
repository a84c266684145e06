package io.tailrace.runtime.restore;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.processor.BatchingStateRestoreCallback;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.RecordRestoreCallback;
import io.tailrace.processor.StateRestoreCallback;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.serde.ByteArrayDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Replays changelogs, those of several stores in turn. What was not committed to a changelog is left out. One thread. */
final class ChangelogRestorer {
    private static final int RECORDS_PER_BATCH = 2_000;

    // Everything up to the end is in the log already, so a poll never has to wait; the timeout only bounds a fault.
    private static final Duration POLL = Duration.ofMillis(100);

    private final EventLog log;
    private final StateRestoreListener listener;
    private final BooleanSupplier stopped;

    /** @param stopped ends the restore before it is complete */
    ChangelogRestorer(EventLog log, StateRestoreListener listener, BooleanSupplier stopped) {
        this.log = log;
        this.listener = listener;
        this.stopped = stopped;
    }

    /**
     * Replays targets that are behind, whose start the listener was told.
     *
     * @return whether every target was restored completely, which only being stopped prevents
     */
    boolean restore(Collection<RestoreTarget> targets) {
        Map<TopicPartition, Progress> open = new LinkedHashMap<>();
        targets.forEach(target -> open.put(target.changelog(), new Progress(target)));
        ConsumerConfig config = ConsumerConfig.DEFAULT
                .withIsolationLevel(IsolationLevel.READ_COMMITTED)
                .withAutoOffsetReset(OffsetResetPolicy.NONE)
                .withMaxPollRecords(RECORDS_PER_BATCH);
        try (Consumer<byte[], byte[]> consumer =
                log.newConsumer(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(open.keySet());
            open.forEach((changelog, progress) -> consumer.seek(changelog, progress.target.from()));
            while (!open.isEmpty() && !stopped.getAsBoolean()) {
                apply(consumer.poll(POLL), open);
                finish(consumer, open);
            }
        }
        open.forEach((changelog, progress) ->
                listener.onRestoreSuspended(changelog, progress.target.store(), progress.restored));
        return open.isEmpty();
    }

    private void apply(ConsumerRecords<byte[], byte[]> records, Map<TopicPartition, Progress> open) {
        for (TopicPartition changelog : records.partitions()) {
            Progress progress = open.get(changelog);
            if (progress == null) {
                continue; // read on past the end in the same poll that finished it
            }
            List<ConsumerRecord<byte[], byte[]>> batch = upTo(progress.target.to(), records.records(changelog));
            if (!batch.isEmpty()) {
                deliver(progress.target.callback(), batch);
                progress.restored += batch.size();
                long last = batch.get(batch.size() - 1).offset();
                listener.onBatchRestored(changelog, progress.target.store(), last, batch.size());
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> upTo(long end, List<ConsumerRecord<byte[], byte[]>> records) {
        int size = records.size();
        while (size > 0 && records.get(size - 1).offset() >= end) {
            size--;
        }
        return size == records.size() ? records : records.subList(0, size);
    }

    private static void deliver(StateRestoreCallback callback, List<ConsumerRecord<byte[], byte[]>> batch) {
        if (callback instanceof RecordRestoreCallback byRecord) {
            byRecord.restoreRecords(batch);
        } else if (callback instanceof BatchingStateRestoreCallback inBatches) {
            List<KeyValue<byte[], byte[]>> entries = new ArrayList<>(batch.size());
            batch.forEach(record -> entries.add(new KeyValue<>(record.key(), record.value())));
            inBatches.restoreAll(entries);
        } else {
            for (ConsumerRecord<byte[], byte[]> record : batch) {
                byte[] key = record.key();
                if (key != null) {
                    callback.restore(key, record.value());
                }
            }
        }
    }

    /** The position, not the last record, says what is done: compaction may have removed the records before the end. */
    private void finish(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Progress> open) {
        int before = open.size();
        open.values().removeIf(progress -> {
            RestoreTarget target = progress.target;
            boolean done = consumer.position(target.changelog()) >= target.to();
            if (done) {
                listener.onRestoreEnd(target.changelog(), target.store(), progress.restored);
            }
            return done;
        });
        if (open.size() < before) {
            consumer.assign(open.keySet());
        }
    }

    private static final class Progress {
        private final RestoreTarget target;
        private long restored;

        Progress(RestoreTarget target) {
            this.target = target;
        }
    }
}
