package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.partition.RecoveryListener;
import io.tailrace.log.partition.RecoveryReport;
import io.tailrace.log.partition.RecoverySummary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Collects what opening partitions had to do.
 *
 * <p><b>Threads:</b> any.
 */
final class RecoveryLog implements RecoveryListener {
    private final boolean clean;
    private final AtomicInteger partitions = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final List<RecoveryReport> reports = new CopyOnWriteArrayList<>();
    private volatile Duration duration = Duration.ZERO;

    RecoveryLog(boolean clean) {
        this.clean = clean;
    }

    @Override
    public void onRecovery(RecoveryReport report) {
        reports.add(report);
    }

    @Override
    public void onScanned(TopicPartition topicPartition, long scannedBytes) {
        partitions.incrementAndGet();
        bytes.addAndGet(scannedBytes);
    }

    void took(Duration newDuration) {
        duration = newDuration;
    }

    RecoverySummary summary() {
        return new RecoverySummary(clean, partitions.get(), bytes.get(), duration, List.copyOf(reports));
    }
}
