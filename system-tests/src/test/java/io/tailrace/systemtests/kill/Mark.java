package io.tailrace.systemtests.kill;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A record of the topic {@value #TOPIC}: the idempotent producer that wrote it, and its number there. Number and producer say all
 * about the record: its partition, its length and its bytes.
 *
 * @param number from 0, rising; some are left out at a kill
 */
record Mark(int producer, long number) {
    static final String TOPIC = "numbers";
    static final int PARTITIONS = 4;
    static final int PRODUCERS = 2;

    private static final int HEADER_BYTES = Integer.BYTES + Long.BYTES;
    private static final int MOST_FILLER_BYTES = 64;

    int partition() {
        return (int) (mixed() & (PARTITIONS - 1));
    }

    /** The next one of the same producer in the same partition, if no number is left out. */
    Mark next() {
        Mark next = new Mark(producer, number + 1);
        while (next.partition() != partition()) {
            next = new Mark(producer, next.number + 1);
        }
        return next;
    }

    ProducerRecord<byte[], byte[]> toRecord() {
        return new ProducerRecord<>(TOPIC, partition(), null, bytes());
    }

    /** @throws IllegalStateException when no producer ever wrote such a record, or it wrote it elsewhere */
    static Mark of(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value != null && value.length >= HEADER_BYTES) {
            ByteBuffer buffer = ByteBuffer.wrap(value);
            Mark mark = new Mark(buffer.getInt(), buffer.getLong());
            if (mark.partition() == record.partition() && Arrays.equals(mark.bytes(), value)) {
                return mark;
            }
        }
        throw new IllegalStateException("a record that nobody wrote there: " + Arrays.toString(value));
    }

    private byte[] bytes() {
        long mixed = mixed();
        byte[] bytes = new byte[HEADER_BYTES + (int) ((mixed >>> 8) & (MOST_FILLER_BYTES - 1))];
        Arrays.fill(bytes, (byte) (mixed >>> 16));
        ByteBuffer.wrap(bytes).putInt(producer).putLong(number);
        return bytes;
    }

    private long mixed() {
        long mixed = (number * 2 + producer + 1) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 32);
    }
}
