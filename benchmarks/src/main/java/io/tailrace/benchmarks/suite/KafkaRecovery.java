package io.tailrace.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/** The log of a Kafka broker, opening the same files as after a crash, with nothing known to be flushed. */
final class KafkaRecovery {
    private static final int DAY_MS = 24 * 60 * 60 * 1000;

    private KafkaRecovery() {}

    /** Returns the nanoseconds until the log was open. */
    static long recover(Path partition) throws IOException {
        KafkaScheduler scheduler = new KafkaScheduler(1);
        scheduler.startup();
        long start = System.nanoTime();
        UnifiedLog log = UnifiedLog.create(
                partition.toFile(),
                new LogConfig(Map.of()),
                0,
                0,
                scheduler,
                new BrokerTopicStats(),
                Time.SYSTEM,
                DAY_MS,
                new ProducerStateManagerConfig(DAY_MS, false),
                DAY_MS,
                new LogDirFailureChannel(1),
                /* lastShutdownClean */ false,
                Optional.empty());
        long recovered = System.nanoTime();
        try {
            scheduler.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        log.close();
        return recovered - start;
    }
}
