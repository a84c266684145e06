package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.storage.MemoryStorage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PartitionHoldTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final Partition partition = Partition.open(
            storage, "t-0", new TopicPartition("t", 0), PartitionConfig.DEFAULT.withSegmentBytes(200), report -> {});

    @BeforeEach
    void fill() {
        BatchWriter writer = new BatchWriter(1024);
        for (int i = 0; i < 10; i++) {
            writer.tryAppend(i, null, new byte[100], new RecordHeaders());
            partition.append(writer.finish());
            writer.reset();
        }
    }

    @AfterEach
    void close() {
        partition.close();
    }

    @Test
    void shouldKeepFilesUntilEveryHoldIsGivenBack() throws InterruptedException {
        List<String> before = logs();
        PartitionHistory.Hold first = partition.history().hold();
        PartitionHistory.Hold second = partition.history().hold();
        Thread deleting = new Thread(() -> partition.history().deleteRecordsBefore(8));
        deleting.start();
        waitUntilItWaits(deleting);
        first.close();
        first.close();
        waitUntilItWaits(deleting);
        assertThat(logs()).isEqualTo(before);
        second.close();
        deleting.join();
        assertThat(partition.logStartOffset()).isEqualTo(8);
        assertThat(logs()).hasSizeLessThan(before.size());
    }

    private static void waitUntilItWaits(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private List<String> logs() {
        return storage.list("t-0").stream()
                .filter(name -> name.endsWith(".log"))
                .toList();
    }
}
