package io.tailrace.systemtests.kill;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A record of the topic {@value #TOPIC}: a transaction's answer to one record of {@link Mark#TOPIC}.
 *
 * @param mover the transactional producer
 * @param transaction its number there, rising
 * @param index of the record in the transaction, from 0
 * @param size how many records the transaction has
 * @param fromPartition partition of the record that is answered
 * @param fromOffset its offset
 */
record Move(int mover, long transaction, int index, int size, int fromPartition, long fromOffset) {
    static final String TOPIC = "moves";
    static final int PARTITIONS = 4;
    static final int MOVERS = 2;
    static final String GROUP = "movers";

    private static final int BYTES = 4 * Integer.BYTES + 2 * Long.BYTES;

    ProducerRecord<byte[], byte[]> toRecord() {
        return new ProducerRecord<>(TOPIC, partition(), null, bytes());
    }

    /** @throws IllegalStateException when no producer ever wrote such a record, or it wrote it elsewhere */
    static Move of(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value != null && value.length == BYTES) {
            ByteBuffer buffer = ByteBuffer.wrap(value);
            Move move = new Move(
                    buffer.getInt(),
                    buffer.getLong(),
                    buffer.getInt(),
                    buffer.getInt(),
                    buffer.getInt(),
                    buffer.getLong());
            if (move.partition() == record.partition()) {
                return move;
            }
        }
        throw new IllegalStateException("a record that nobody wrote there: " + Arrays.toString(value));
    }

    private int partition() {
        return (int) ((fromOffset + fromPartition) & (PARTITIONS - 1));
    }

    private byte[] bytes() {
        byte[] bytes = new byte[BYTES];
        ByteBuffer.wrap(bytes)
                .putInt(mover)
                .putLong(transaction)
                .putInt(index)
                .putInt(size)
                .putInt(fromPartition)
                .putLong(fromOffset);
        return bytes;
    }
}
