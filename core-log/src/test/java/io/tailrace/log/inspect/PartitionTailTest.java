package io.tailrace.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.PartitionConfig;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionTailTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final Offsets seen = new Offsets();
    private final PartitionTail tail = new PartitionTail(storage, "t-0", 0);

    @Test
    void shouldShowWhatComesAcrossSegments() {
        assertThat(tail.poll(seen)).isFalse(); // the partition has no directory yet
        Partition partition = open();
        for (int i = 0; i < 20; i++) {
            append(partition);
            if (i % 7 == 0) {
                assertThat(tail.poll(seen)).isTrue();
            }
        }
        assertThat(tail.poll(seen)).isTrue();
        assertThat(tail.poll(seen)).isFalse();
        assertThat(seen.offsets).hasSize(20).isSorted().doesNotHaveDuplicates();
        assertThat(seen.damage).isEmpty();
        partition.close();
    }

    @Test
    void shouldLeaveAnUnfinishedBatchForTheNextTime() {
        Partition partition = open();
        append(partition);
        String last = "t-0/00000000000000000000.log";
        long size = storage.size(last);
        byte[] whole = storage.readAllBytes(last);
        try (StorageFile file = storage.open(last, OpenMode.EXISTING)) {
            file.truncate(size - 10);
            assertThat(tail.poll(seen)).isFalse();
            file.write(ByteBuffer.wrap(whole, (int) size - 10, 10), size - 10);
        }
        assertThat(tail.poll(seen)).isTrue();
        assertThat(seen.offsets).containsExactly(0L);
        assertThat(seen.damage).isEmpty();
        partition.close();
    }

    @Test
    void shouldSkipWhatIsThereAndGoOnBehindDeletedSegments() {
        Partition partition = open();
        for (int i = 0; i < 10; i++) {
            append(partition);
        }
        tail.skip();
        assertThat(tail.nextOffset()).isEqualTo(10);
        append(partition);
        PartitionTail other = new PartitionTail(storage, "t-0", 0);
        partition.history().deleteRecordsBefore(8);
        tail.poll(seen);
        assertThat(seen.offsets).containsExactly(10L);
        Offsets rest = new Offsets();
        other.poll(rest);
        assertThat(rest.offsets).endsWith(8L, 9L, 10L).doesNotContain(0L);
        partition.close();
    }

    private Partition open() {
        return Partition.open(
                storage,
                "t-0",
                new TopicPartition("t", 0),
                PartitionConfig.DEFAULT.withSegmentBytes(400),
                report -> {});
    }

    private static void append(Partition partition) {
        BatchWriter writer = new BatchWriter(1024);
        writer.tryAppend(1, null, new byte[100], new RecordHeaders());
        partition.append(writer.finish());
    }

    private static final class Offsets implements BatchVisitor {
        private final List<Long> offsets = new ArrayList<>();
        private final List<Finding> damage = new ArrayList<>();

        @Override
        public boolean onBatch(BatchInfo batch, RecordBatch stored) {
            return true;
        }

        @Override
        public void onRecord(BatchInfo batch, RecordCursor record) {
            offsets.add(record.offset());
        }

        @Override
        public void onDamage(Finding finding) {
            damage.add(finding);
        }
    }
}
