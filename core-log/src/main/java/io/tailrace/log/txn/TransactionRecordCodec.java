package io.tailrace.log.txn;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.SerializationException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Transactional ids as Kafka stores them in {@code __transaction_state}, big-endian: key version 0; value version 1 is written,
 * 0 and 1 are read.
 *
 * <pre>
 * key:      int16 version = 0 | int16 length, UTF-8 transactional id
 * value:    int16 version = 1 | int64 producer id | int16 producer epoch | int32 timeout ms | int8 state
 *             | compact array of topics, null when the state is EMPTY | int64 last update ms | int64 start ms
 *             | tags: 0 int64 previous producer id, 1 int64 next producer id, 2 int16 transaction version of the client = 2
 * topic:    compact string name | compact array of int32 partitions | tags, none
 * compact:  uvarint of the length plus one, 0 for null | that many elements or bytes
 * tags:     uvarint count | (uvarint tag, uvarint size in bytes, bytes)*
 * value 0:  the same without tags; int32 counts instead of uvarint, -1 for null; strings with an int16 length
 * </pre>
 *
 * @see <a href="https://github.com/apache/kafka/tree/trunk/transaction-coordinator/src/main/resources/common/message">
 *     TransactionLogKey.json and TransactionLogValue.json</a>
 */
public final class TransactionRecordCodec {
    private static final short KEY_VERSION = 0;
    private static final short VALUE_VERSION = 1;
    private static final short CLIENT_TRANSACTION_VERSION = 2;
    private static final int PREVIOUS_PRODUCER_ID_TAG = 0;
    private static final int NEXT_PRODUCER_ID_TAG = 1;
    private static final int CLIENT_VERSION_TAG = 2;

    private TransactionRecordCodec() {}

    /** @throws IllegalArgumentException when the id is longer than the format can hold */
    public static byte[] encodeKey(String transactionalId) {
        byte[] utf8 = transactionalId.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "transactional id of " + utf8.length + " bytes in UTF-8, expected at most " + Short.MAX_VALUE);
        }
        return ByteBuffer.allocate(Short.BYTES + Short.BYTES + utf8.length)
                .putShort(KEY_VERSION)
                .putShort((short) utf8.length)
                .put(utf8)
                .array();
    }

    public static byte[] encodeValue(Transaction transaction) {
        RecordBytes out = new RecordBytes();
        out.putShort(VALUE_VERSION);
        out.putLong(transaction.producerId());
        out.putShort(transaction.producerEpoch());
        out.putInt(transaction.timeoutMs());
        out.putByte(transaction.state().id());
        if (transaction.state() == TransactionState.EMPTY) {
            out.putUnsignedVarint(0);
        } else {
            putTopics(out, transaction.partitions());
        }
        out.putLong(transaction.lastUpdateMs());
        out.putLong(transaction.startMs());
        putTags(out, transaction);
        return out.toArray();
    }

    private static void putTopics(RecordBytes out, SortedSet<TopicPartition> partitions) {
        SortedMap<String, List<Integer>> byTopic = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            byTopic.computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
                    .add(partition.partition());
        }
        out.putUnsignedVarint(byTopic.size() + 1);
        for (Map.Entry<String, List<Integer>> topic : byTopic.entrySet()) {
            byte[] name = topic.getKey().getBytes(StandardCharsets.UTF_8);
            out.putUnsignedVarint(name.length + 1);
            out.putBytes(name);
            out.putUnsignedVarint(topic.getValue().size() + 1);
            topic.getValue().forEach(out::putInt);
            out.putUnsignedVarint(0); // tags of the topic
        }
    }

    private static void putTags(RecordBytes out, Transaction transaction) {
        boolean previous = transaction.previousProducerId() != Transaction.NO_PRODUCER_ID;
        boolean next = transaction.nextProducerId() != Transaction.NO_PRODUCER_ID;
        out.putUnsignedVarint(1 + (previous ? 1 : 0) + (next ? 1 : 0));
        if (previous) {
            out.putUnsignedVarint(PREVIOUS_PRODUCER_ID_TAG);
            out.putUnsignedVarint(Long.BYTES);
            out.putLong(transaction.previousProducerId());
        }
        if (next) {
            out.putUnsignedVarint(NEXT_PRODUCER_ID_TAG);
            out.putUnsignedVarint(Long.BYTES);
            out.putLong(transaction.nextProducerId());
        }
        out.putUnsignedVarint(CLIENT_VERSION_TAG);
        out.putUnsignedVarint(Short.BYTES);
        out.putShort(CLIENT_TRANSACTION_VERSION);
    }

    /**
     * Reads one record of {@code __transaction_state}.
     *
     * @param value null: a tombstone
     * @param where names the record in errors, for example {@code __transaction_state-3@17}
     * @throws SerializationException when the bytes are not a transactional id of the versions above
     */
    public static TransactionRecord decode(byte @Nullable [] key, byte @Nullable [] value, String where) {
        if (key == null) {
            throw new SerializationException(where + ": a transaction record without a key");
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(key);
            checkVersion(in.getShort(), KEY_VERSION, "key", where);
            String transactionalId = string(in, in.getShort());
            checkEnd(in, "key", where);
            return new TransactionRecord(
                    transactionalId, value == null ? null : decodeValue(transactionalId, value, where));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SerializationException(where + ": not a transaction record: " + e, e);
        }
    }

    private static Transaction decodeValue(String transactionalId, byte[] value, String where) {
        ByteBuffer in = ByteBuffer.wrap(value);
        short version = in.getShort();
        if (version != 0) {
            checkVersion(version, VALUE_VERSION, "value", where);
        }
        boolean flexible = version >= 1;
        long producerId = in.getLong();
        short producerEpoch = in.getShort();
        int timeoutMs = in.getInt();
        byte stateId = in.get();
        TransactionState state = TransactionState.byId(stateId);
        if (state == null || state == TransactionState.DEAD || state == TransactionState.PREPARE_EPOCH_FENCE) {
            throw new IllegalArgumentException("transaction state " + stateId + ", expected 0..5");
        }
        SortedSet<TopicPartition> partitions = topics(in, flexible);
        long lastUpdateMs = in.getLong();
        long startMs = in.getLong();
        long[] ids = {Transaction.NO_PRODUCER_ID, Transaction.NO_PRODUCER_ID};
        if (flexible) {
            readTags(in, ids);
        }
        checkEnd(in, "value", where);
        return new Transaction(
                transactionalId,
                producerId,
                ids[PREVIOUS_PRODUCER_ID_TAG],
                ids[NEXT_PRODUCER_ID_TAG],
                producerEpoch,
                timeoutMs,
                state,
                partitions,
                startMs,
                lastUpdateMs);
    }

    private static SortedSet<TopicPartition> topics(ByteBuffer in, boolean flexible) {
        SortedSet<TopicPartition> partitions = new TreeSet<>();
        int topics = flexible ? RecordBytes.getUnsignedVarint(in) - 1 : in.getInt();
        for (int i = 0; i < topics; i++) {
            String topic = string(in, flexible ? RecordBytes.getUnsignedVarint(in) - 1 : in.getShort());
            int count = flexible ? RecordBytes.getUnsignedVarint(in) - 1 : in.getInt();
            for (int j = 0; j < count; j++) {
                partitions.add(new TopicPartition(topic, in.getInt()));
            }
            if (flexible) {
                readTags(in, new long[0]);
            }
        }
        return partitions;
    }

    /** @param ids receives the int64 fields whose tags are its indexes; other tags are skipped, as their format asks for */
    private static void readTags(ByteBuffer in, long[] ids) {
        int count = RecordBytes.getUnsignedVarint(in);
        for (int i = 0; i < count; i++) {
            int tag = RecordBytes.getUnsignedVarint(in);
            int size = RecordBytes.getUnsignedVarint(in);
            if (size < 0 || size > in.remaining()) {
                throw new IllegalArgumentException("tagged field of " + size + " bytes, expected 0.." + in.remaining());
            }
            if (tag >= 0 && tag < ids.length && size == Long.BYTES) {
                ids[tag] = in.getLong(in.position());
            }
            in.position(in.position() + size);
        }
    }

    private static void checkVersion(short found, short expected, String part, String where) {
        if (found != expected) {
            throw new SerializationException(where + ": transaction record " + part + " of version " + found
                    + ", expected " + expected + "; it was written by another release");
        }
    }

    private static void checkEnd(ByteBuffer in, String part, String where) {
        if (in.hasRemaining()) {
            throw new SerializationException(
                    where + ": " + in.remaining() + " bytes behind the transaction record " + part + ", expected none");
        }
    }

    private static String string(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("string of " + length + " bytes, expected 0.." + in.remaining());
        }
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
