package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.MemoryStorage;
import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Readers take no lock: whatever log end offset they see, everything below it can be read. */
public final class PartitionStress {
    private static final TopicPartition NAME = new TopicPartition("t", 0);
    private static final int BATCHES = 3;
    private static final int WRONG = -1;
    private static final byte[] BATCH = batch();

    private PartitionStress() {}

    private static byte[] batch() {
        BatchWriter writer = new BatchWriter(1024);
        writer.tryAppend(1, new byte[] {1}, new byte[] {2}, new RecordHeaders());
        ByteBuffer finished = writer.finish();
        byte[] bytes = new byte[finished.remaining()];
        finished.get(bytes);
        return bytes;
    }

    private static Partition partition(int segmentBytes) {
        PartitionConfig config =
                PartitionConfig.DEFAULT.withSegmentBytes(segmentBytes).withIndexIntervalBytes(1);
        return Partition.open(new MemoryStorage(), "t-0", NAME, config, RecoveryListener.NONE);
    }

    private static void append(Partition partition, int batches) {
        for (int i = 0; i < batches; i++) {
            partition.append(ByteBuffer.wrap(BATCH.clone()));
        }
    }

    /** How many records there are below the end that is seen first; {@link #WRONG} when one of them is not there. */
    private static int count(Partition partition) {
        long end = partition.logEndOffset();
        long next = 0;
        while (next < end) {
            FetchedBatches fetched = partition.read(next, 1024);
            long before = next;
            for (RecordBatch batch : fetched) {
                if (batch.baseOffset() != next) {
                    return WRONG;
                }
                next = batch.nextOffset();
            }
            if (next == before) {
                return WRONG;
            }
        }
        return (int) end;
    }

    /** All batches in one segment. */
    @JCStressTest
    @Outcome(
            id = {"0", "1", "2", "3"},
            expect = Expect.ACCEPTABLE,
            desc = "everything below the end is there")
    @Outcome(expect = Expect.FORBIDDEN, desc = "something below the end is missing")
    @State
    public static class Append {
        private final Partition partition = partition(1 << 20);

        @Actor
        public void append() {
            PartitionStress.append(partition, BATCHES);
        }

        @Actor
        public void read(I_Result result) {
            result.r1 = count(partition);
        }
    }

    /** Each batch begins a segment, and ends the one before. */
    @JCStressTest
    @Outcome(
            id = {"0", "1", "2", "3"},
            expect = Expect.ACCEPTABLE,
            desc = "everything below the end is there")
    @Outcome(expect = Expect.FORBIDDEN, desc = "something below the end is missing")
    @State
    public static class Roll {
        private final Partition partition = partition(1);

        @Actor
        public void append() {
            PartitionStress.append(partition, BATCHES);
        }

        @Actor
        public void read(I_Result result) {
            result.r1 = count(partition);
        }
    }

    /** Two producers: each batch has offsets of its own, and each producer finds its own at once. */
    @JCStressTest
    @Outcome(
            id = {"1, 2", "2, 1", "2, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "both are there")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one is lost, or something below the end is missing")
    @State
    public static class TwoWriters {
        private final Partition partition = partition(1);

        @Actor
        public void first(II_Result result) {
            append(partition, 1);
            result.r1 = count(partition);
        }

        @Actor
        public void second(II_Result result) {
            append(partition, 1);
            result.r2 = count(partition);
        }
    }

    /** The last stable offset is never ahead of the log end. */
    @JCStressTest
    @Outcome(
            id = {"0", "1", "2", "3"},
            expect = Expect.ACCEPTABLE,
            desc = "not ahead of the end")
    @Outcome(expect = Expect.FORBIDDEN, desc = "ahead of the end")
    @State
    public static class StableOffset {
        private final Partition partition = partition(1 << 20);

        @Actor
        public void append() {
            PartitionStress.append(partition, BATCHES);
        }

        @Actor
        public void read(I_Result result) {
            long stable = partition.lastStableOffset();
            result.r1 = stable <= partition.logEndOffset() ? (int) stable : WRONG;
        }
    }
}
