package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Batches;
import io.tailrace.log.record.ControlBatch;
import io.tailrace.log.record.EndTransactionMarker;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ProducerSnapshotTest {
    private static final TopicPartition TP = new TopicPartition("flights", 0);
    private static final AbortedTransaction ABORTED = new AbortedTransaction(8, 51, 53, 54);
    private static final int KAFKA_BYTES_OF_ONE = 2 + 4 + 4 + 46;

    /** Worked out by hand from the format's definition. */
    @Test
    void shouldWriteWhatKafkaReads() {
        ProducerStates states = new ProducerStates(TP);
        add(states, 4711, 3, 258, 16, true, "a", "b");

        byte[] bytes = encode(states, 18);

        assertThat(HexFormat.of().formatHex(bytes, 0, 2)).isEqualTo("0001"); // version
        assertThat(HexFormat.of().formatHex(bytes, 6, KAFKA_BYTES_OF_ONE))
                .isEqualTo(
                        "00000001" // one producer
                                + "0000000000001267" // producer id 4711
                                + "0003" // epoch
                                + "00000103" // last sequence
                                + "0000000000000011" // last offset
                                + "00000001" // offset delta
                                + "00000000000003e9" // timestamp
                                + "ffffffff" // coordinator epoch
                                + "0000000000000010"); // first offset of the transaction
        assertThat(ByteBuffer.wrap(bytes).getInt(2)).isEqualTo(crc(bytes));
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        ProducerStates states = states();
        ProducerSnapshot snapshot = ProducerSnapshot.decode(TP, encode(states, 100), 100);
        ProducerStates read = snapshot.producers();

        assertThat(snapshot.lastBaseOffset()).isEqualTo(50);
        assertThat(snapshot.aborted()).containsExactly(ABORTED);

        assertThat(infos(read)).containsExactlyInAnyOrderElementsOf(infos(states));
        assertThat(read.firstUnstableOffset()).isEqualTo(states.firstUnstableOffset());
        assertThat(read.hasTransactions()).isTrue();
        for (int i = 2; i < 7; i++) {
            assertThat(read.check(batch(7, 0, i, 0, false, "a"), AppendOrigin.CLIENT))
                    .isEqualTo(10 + i);
        }
        ProducerStates none = ProducerSnapshot.decode(TP, encode(new ProducerStates(TP), 5), 5)
                .producers();
        assertThat(none.all()).isEmpty();
        assertThat(none.hasTransactions()).isFalse();
    }

    @Test
    void shouldReadWhatKafkaWrites() throws Exception {
        ProducerStates states = new ProducerStates(TP);
        add(states, 7, 0, 4, 10, false, "a");
        add(states, 7, 0, 5, 11, false, "a");
        byte[] bytes = Arrays.copyOf(encode(states, 100), KAFKA_BYTES_OF_ONE);
        ByteBuffer.wrap(bytes).putInt(2, crc(bytes));

        ProducerSnapshot snapshot = ProducerSnapshot.decode(TP, bytes, 100);
        ProducerStates read = snapshot.producers();

        assertThat(snapshot.lastBaseOffset()).isEqualTo(ProducerSnapshot.UNKNOWN);

        assertThat(infos(read)).containsExactlyInAnyOrderElementsOf(infos(states));
        assertThat(read.check(batch(7, 0, 5, 0, false, "a"), AppendOrigin.CLIENT))
                .isEqualTo(11);
        assertThat(read.hasTransactions()).as("nobody knows").isTrue();
    }

    @Test
    void shouldRefuseEveryFlippedByteAndEveryLength() {
        byte[] good = encode(states(), 100);
        for (int i = 0; i < good.length; i++) {
            for (int flip : new int[] {1, 0x80, 0xff}) {
                byte[] bad = good.clone();
                bad[i] ^= (byte) flip;
                assertRefused(bad, 100);
            }
            assertRefused(Arrays.copyOf(good, i), 100);
            assertRefused(Arrays.copyOf(good, good.length + 1 + i), 100);
        }
        assertRefused(good, 101);
    }

    @Test
    void shouldRefuseNonsenseWithTheRightChecksum() {
        byte[] good = encode(states(), 100);
        for (int count : new int[] {-1, 1, 4, 1000, Integer.MAX_VALUE}) {
            byte[] bad = good.clone();
            ByteBuffer.wrap(bad).putInt(6, count);
            ByteBuffer.wrap(bad).putInt(2, crc(bad));
            assertRefused(bad, 100);
        }
    }

    private static byte[] encode(ProducerStates states, long offset) {
        return new ProducerSnapshot(states, 50, List.of(ABORTED)).encode(offset);
    }

    private static ProducerStates states() {
        ProducerStates states = new ProducerStates(TP);
        for (int i = 0; i < 7; i++) {
            add(states, 7, 0, i, 10 + i, false, "a");
        }
        add(states, 8, 0, 0, 20, true, "a", "b");
        states.on(Batches.read(ControlBatch.endTransaction(8, (short) 1, new EndTransactionMarker(false, 4), 3000)
                .putLong(BatchLayout.BASE_OFFSET, 22)));
        add(states, 9, 5, 0, 30, true, "a", "b");
        return states;
    }

    private static void add(
            ProducerStates states, long producer, int epoch, int sequence, long offset, boolean tx, String... values) {
        states.on(batch(producer, epoch, sequence, offset, tx, values));
    }

    private static RecordBatch batch(
            long producer, int epoch, int sequence, long offset, boolean transactional, String... values) {
        ProducerStamp stamp = new ProducerStamp(producer, (short) epoch, sequence, transactional);
        return Batches.read(Batches.stamped(stamp, 1000, values).putLong(BatchLayout.BASE_OFFSET, offset));
    }

    private static List<ProducerInfo> infos(ProducerStates states) {
        return states.all().stream().map(ProducerState::info).toList();
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 6, bytes.length - 6);
        return (int) crc.getValue();
    }

    private static void assertRefused(byte[] bytes, long offset) {
        assertThatThrownBy(() -> ProducerSnapshot.decode(TP, bytes, offset)).isInstanceOf(InvalidIndexException.class);
    }
}
