package io.tailrace.log.inspect;

import java.util.List;

/**
 * What a salvage has brought to safety.
 *
 * @param topics in the new log
 * @param partitions that had a directory
 * @param notes what else differs between the two logs, one sentence each
 */
public record SalvageReport(int topics, List<SalvagedPartition> partitions, List<String> notes) {

    /** Whether every record was copied. */
    public boolean isComplete() {
        return partitions.stream().allMatch(partition -> partition.lost().isEmpty());
    }

    public long batches() {
        return partitions.stream().mapToLong(SalvagedPartition::batches).sum();
    }

    public long records() {
        return partitions.stream().mapToLong(SalvagedPartition::records).sum();
    }

    /** Of copied batches. */
    public long bytes() {
        return partitions.stream().mapToLong(SalvagedPartition::bytes).sum();
    }

    /** That are no intact batch. */
    public long lostBytes() {
        return partitions.stream()
                .flatMap(partition -> partition.lost().stream())
                .mapToLong(LostRange::bytes)
                .sum();
    }
}
