package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of a {@code .snapshot} file: the producers of a partition as they were when the log ended at the offset that is the
 * file's name. Big-endian.
 *
 * <pre>
 *   int16 version 1 | int32 CRC-32C of all behind it | int32 count of producers
 *   producer:  int64 id | int16 epoch | int32 last sequence | int64 last offset | int32 offset Δ | int64 timestamp
 *              | int32 coordinator epoch | int64 first offset of the open transaction        -1: there is none
 *   int64 offset of the snapshot | int8 whether there ever was a transaction | int64 base offset of the last segment
 *   int32 count of transactions aborted in that segment
 *   transaction:  int64 producer id | int64 first offset | int64 last offset | int64 last stable offset
 *   producer:  int8 count of batches before the last, then the newest first: int32 last sequence | int64 last offset | int32 offset Δ
 * </pre>
 *
 * <p>Up to the last producer this is Kafka's format, which knows the last batch only and ignores what is behind, except for the
 * checksum. A file without that part, as Kafka writes it, is read as well.
 *
 * @param lastBaseOffset of the segment that was the last one; {@link #UNKNOWN} when Kafka wrote the file
 * @param aborted in that segment, which has no transaction index in a file before it is full
 * @see <a href="https://github.com/apache/kafka/blob/trunk/storage/src/main/resources/message/ProducerSnapshot.json">Kafka's
 *     definition</a>
 */
record ProducerSnapshot(ProducerStates producers, long lastBaseOffset, List<AbortedTransaction> aborted) {
    static final long UNKNOWN = -1;

    private static final short VERSION = 1;
    private static final int CRC_AT = Short.BYTES;
    private static final int COUNT_AT = CRC_AT + Integer.BYTES;
    private static final int ENTRIES_AT = COUNT_AT + Integer.BYTES;
    private static final int ENTRY_BYTES = 46;
    private static final int BATCH_BYTES = 16;
    private static final int ABORTED_BYTES = 4 * Long.BYTES;
    private static final int TAIL_BYTES = 2 * Long.BYTES + 1 + Integer.BYTES;
    private static final int MOST_OLDER_BYTES = 1 + (ProducerState.BATCHES - 1) * BATCH_BYTES;

    /** @param offset log end offset */
    byte[] encode(long offset) {
        Collection<ProducerState> states = producers.all();
        ByteBuffer bytes = ByteBuffer.allocate(ENTRIES_AT
                + states.size() * (ENTRY_BYTES + MOST_OLDER_BYTES)
                + TAIL_BYTES
                + aborted.size() * ABORTED_BYTES);
        bytes.putShort(VERSION).putInt(0).putInt(states.size());
        for (ProducerState state : states) {
            boolean hasBatch = state.batches() > 0;
            bytes.putLong(state.producerId())
                    .putShort(state.epoch())
                    .putInt(state.lastSequence())
                    .putLong(hasBatch ? state.lastOffset(0) : ProducerState.NONE)
                    .putInt(hasBatch ? state.offsetDelta(0) : 0)
                    .putLong(state.lastTimestamp())
                    .putInt(state.coordinatorEpoch())
                    .putLong(state.transactionOffset());
        }
        bytes.putLong(offset).put((byte) (producers.hasTransactions() ? 1 : 0));
        bytes.putLong(lastBaseOffset).putInt(aborted.size());
        for (AbortedTransaction transaction : aborted) {
            bytes.putLong(transaction.producerId())
                    .putLong(transaction.firstOffset())
                    .putLong(transaction.lastOffset())
                    .putLong(transaction.lastStableOffset());
        }
        for (ProducerState state : states) {
            bytes.put((byte) Math.max(0, state.batches() - 1));
            for (int age = 1; age < state.batches(); age++) {
                bytes.putInt(state.lastSequence(age))
                        .putLong(state.lastOffset(age))
                        .putInt(state.offsetDelta(age));
            }
        }
        byte[] encoded = new byte[bytes.flip().limit()];
        bytes.get(encoded);
        ByteBuffer.wrap(encoded).putInt(CRC_AT, crc(encoded));
        return encoded;
    }

    /** @throws InvalidIndexException when the bytes are not a snapshot of that offset */
    static ProducerSnapshot decode(TopicPartition topicPartition, byte[] bytes, long offset)
            throws InvalidIndexException {
        ByteBuffer source = ByteBuffer.wrap(bytes);
        if (bytes.length < ENTRIES_AT) {
            throw new InvalidIndexException(bytes.length + " bytes, expected " + ENTRIES_AT + " or more");
        }
        if (source.getShort() != VERSION) {
            throw new InvalidIndexException("version " + source.getShort(0) + ", expected " + VERSION);
        }
        if (source.getInt() != crc(bytes)) {
            throw new InvalidIndexException("its CRC-32C is wrong");
        }
        int count = source.getInt();
        if (count < 0 || count > source.remaining() / ENTRY_BYTES) {
            throw new InvalidIndexException(count + " producers in " + bytes.length + " bytes");
        }
        ByteBuffer entries = source.slice(ENTRIES_AT, count * ENTRY_BYTES);
        source.position(ENTRIES_AT + count * ENTRY_BYTES);
        boolean hasTail = source.hasRemaining();
        if (hasTail && (source.remaining() < TAIL_BYTES || source.getLong() != offset)) {
            throw new InvalidIndexException("it is not that of offset " + offset);
        }
        boolean hasTransactions = !hasTail || source.get() != 0; // when nobody knows, there may have been one
        long lastBaseOffset = hasTail ? source.getLong() : UNKNOWN;
        List<AbortedTransaction> aborted = hasTail ? readAborted(source) : List.of();
        List<ProducerState> states = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            states.add(read(entries, source, hasTail, offset));
        }
        if (source.hasRemaining()) {
            throw new InvalidIndexException(source.remaining() + " bytes behind the last producer");
        }
        ProducerStates producers = ProducerStates.of(topicPartition, states, hasTransactions);
        return new ProducerSnapshot(producers, lastBaseOffset, aborted);
    }

    private static List<AbortedTransaction> readAborted(ByteBuffer source) throws InvalidIndexException {
        int count = source.getInt();
        if (count < 0 || count > source.remaining() / ABORTED_BYTES) {
            throw new InvalidIndexException(count + " aborted transactions");
        }
        List<AbortedTransaction> aborted = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            aborted.add(new AbortedTransaction(source.getLong(), source.getLong(), source.getLong(), source.getLong()));
        }
        return aborted;
    }

    private static ProducerState read(ByteBuffer entries, ByteBuffer older, boolean hasTail, long offset)
            throws InvalidIndexException {
        ProducerState state = new ProducerState(entries.getLong());
        short epoch = entries.getShort();
        int lastSequence = entries.getInt();
        long lastOffset = entries.getLong();
        int offsetDelta = entries.getInt();
        long timestamp = entries.getLong();
        int coordinatorEpoch = entries.getInt();
        long transactionOffset = entries.getLong();
        if (state.producerId() < 0 || lastOffset >= offset || transactionOffset >= offset) {
            throw new InvalidIndexException(state + " has last offset " + lastOffset + " and a transaction since "
                    + transactionOffset + ", expected less than " + offset);
        }
        state.onMarker(epoch, coordinatorEpoch, timestamp);
        readOlder(state, older, hasTail);
        if (lastOffset >= 0) {
            state.onBatch(epoch, lastSequence, lastOffset, offsetDelta, timestamp);
        }
        if (transactionOffset >= 0) {
            state.beginTransaction(transactionOffset);
        }
        return state;
    }

    private static void readOlder(ProducerState state, ByteBuffer older, boolean hasTail) throws InvalidIndexException {
        if (!hasTail) {
            return;
        }
        int count = older.hasRemaining() ? older.get() : -1;
        if (count < 0 || count >= ProducerState.BATCHES || older.remaining() < count * BATCH_BYTES) {
            throw new InvalidIndexException(state + " has " + count + " older batches");
        }
        int start = older.position();
        for (int i = count - 1; i >= 0; i--) { // the oldest first, as they came
            older.position(start + i * BATCH_BYTES);
            state.onBatch(state.epoch(), older.getInt(), older.getLong(), older.getInt(), state.lastTimestamp());
        }
        older.position(start + count * BATCH_BYTES);
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, COUNT_AT, bytes.length - COUNT_AT);
        return (int) crc.getValue();
    }
}
