package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Batches;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.MemoryStorage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ActiveSegmentTest {
    /** An append publishes the bytes of its batch first, then the log end offset; a reader may come in between. */
    @Test
    void shouldNotReadBehindTheLogEndOffset() {
        try (MemoryStorage storage = new MemoryStorage()) {
            storage.createDirectories("topic-0");
            ActiveSegment active = ActiveSegment.create(storage, "topic-0", 0, PartitionConfig.DEFAULT);
            append(active, 0, "a", "b");
            append(active, 2, "c");

            FetchedBatches beforeTheEndMoves = active.segment().read(0, 1 << 20, 2, 2);

            assertThat(beforeTheEndMoves.nextOffset()).isEqualTo(2);
            assertThat(active.segment().read(0, 1 << 20, 3, 3).nextOffset()).isEqualTo(3);
            active.segment().close();
        }
    }

    private static void append(ActiveSegment active, long baseOffset, String... values) {
        ByteBuffer batch = Batches.of(0, values).putLong(BatchLayout.BASE_OFFSET, baseOffset);
        active.append(batch, RecordBatch.at(batch, 0, "batch", 0).verify());
    }
}
