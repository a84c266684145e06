package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The partition of a test, empty at first, which can be opened again as a restarted process does. */
abstract class OnePartition {
    static final TopicPartition TP = new TopicPartition("flights", 0);

    private final PartitionConfig firstConfig;
    final List<RecoveryReport> reports = new ArrayList<>();
    Storage storage;
    Partition partition;

    OnePartition(PartitionConfig firstConfig) {
        this.firstConfig = firstConfig;
    }

    /** An empty one. */
    abstract Storage createStorage();

    /** The same content, as a restarted process finds it. */
    abstract Storage restart(Storage storage);

    @BeforeEach
    void openPartition() {
        storage = createStorage();
        partition = open(firstConfig);
    }

    @AfterEach
    void close() {
        partition.close();
        storage.close();
    }

    Partition open(PartitionConfig config) {
        return Partition.open(storage, "flights-0", TP, config, reports::add);
    }

    void reopen(PartitionConfig config) {
        partition.close();
        crash(config);
    }

    /** Opens the partition again without closing it before, as after a kill. */
    void crash(PartitionConfig config) {
        storage.close();
        storage = restart(storage);
        partition = open(config);
    }
}
