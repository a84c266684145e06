package io.tailrace.log.api;

import java.time.Duration;

/**
 * How a log looks after its old records in the background: retention and compaction, as the configs of each topic say.
 * Immutable; each {@code with} returns a changed copy.
 *
 * @param interval between two passes; zero for no background thread at all, so that only calls start a pass
 * @param compactionBytesPerSecond bound of what compaction reads and writes, together, from 1; {@link #UNLIMITED} for none
 * @param compactionMemoryBytes for the keys that one pass over a partition can hold, 24 bytes each, used only while it runs;
 *     from 1024
 * @param producerExpiration how long an idempotent producer without an open transaction is remembered after its last batch; from a
 *     millisecond. Kafka's {@code producer.id.expiration.ms}
 */
public record MaintenanceConfig(
        Duration interval, long compactionBytesPerSecond, long compactionMemoryBytes, Duration producerExpiration) {

    /** As the bound of bytes per second: there is none. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Every minute; 50 MB/s; 32 MiB; a day. */
    public static final MaintenanceConfig DEFAULT =
            new MaintenanceConfig(Duration.ofMinutes(1), 50_000_000L, 32L * 1024 * 1024, Duration.ofDays(1));

    private static final long MIN_MEMORY_BYTES = 1024;

    public MaintenanceConfig {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("interval " + interval + ", expected 0 or more");
        }
        if (producerExpiration.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "producerExpiration " + producerExpiration + ", expected a millisecond or more");
        }
        check("compactionBytesPerSecond", compactionBytesPerSecond, 1);
        check("compactionMemoryBytes", compactionMemoryBytes, MIN_MEMORY_BYTES);
    }

    public MaintenanceConfig withInterval(Duration newInterval) {
        return new MaintenanceConfig(newInterval, compactionBytesPerSecond, compactionMemoryBytes, producerExpiration);
    }

    public MaintenanceConfig withCompactionBytesPerSecond(long newBytesPerSecond) {
        return new MaintenanceConfig(interval, newBytesPerSecond, compactionMemoryBytes, producerExpiration);
    }

    public MaintenanceConfig withCompactionMemoryBytes(long newMemoryBytes) {
        return new MaintenanceConfig(interval, compactionBytesPerSecond, newMemoryBytes, producerExpiration);
    }

    public MaintenanceConfig withProducerExpiration(Duration newProducerExpiration) {
        return new MaintenanceConfig(interval, compactionBytesPerSecond, compactionMemoryBytes, newProducerExpiration);
    }

    private static void check(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + ", expected " + least + " or more");
        }
    }
}
