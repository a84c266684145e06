package io.tailrace.log.record;

/**
 * Where each field of a record batch is, in bytes from its start; everything is big-endian.
 *
 * <pre>
 *   0                       8           12          16  17          21    23
 *   +-----------------------+-----------+-----------+---+-----------+-----+-----------+
 *   | base offset           | length    | leader    | 2 | CRC-32C   | att | last      |
 *   |                       |           | epoch     |   |           |     | offset Δ  |
 *   +-----------------------+-----------+-----------+---+-----------+-----+-----------+
 *   27                      35                      43                      51    53
 *   +-----------------------+-----------------------+-----------------------+-----+-----------+
 *   | base timestamp        | max timestamp         | producer id           | ep. | base seq. |
 *   +-----------------------+-----------------------+-----------------------+-----+-----------+
 *   57          61
 *   +-----------+-------------------------------
 *   | records   | record, record, ...
 *   +-----------+-------------------------------
 * </pre>
 *
 * <p>The length counts the bytes behind itself. The CRC covers the bytes from the attributes to the end: the fields before
 * it can be assigned by the log without computing it again, and are checked by other means (the magic and the length by
 * their values, the base offset by its neighbours). Attributes: bits 0-2 compression of the records, the header never is, 3 timestamp type, 4 transactional,
 * 5 control, 6 delete horizon.
 *
 * <p>One record, with v for a zig-zag varint and Δ for a difference to the batch's base:
 *
 * <pre>
 *   length v | attributes 1 byte | timestamp Δ v | offset Δ v
 *     | key length v, key | value length v, value | header count v, (key length v, key, value length v, value)*
 * </pre>
 *
 * A length of -1 stands for null.
 *
 * @see <a href="https://kafka.apache.org/documentation/#recordbatch">Kafka's record batch format</a>
 */
public final class BatchLayout {
    public static final int BASE_OFFSET = 0;
    public static final int LENGTH = 8;
    public static final int LEADER_EPOCH = 12;
    public static final int MAGIC = 16;
    public static final int CRC = 17;
    public static final int ATTRIBUTES = 21;
    public static final int LAST_OFFSET_DELTA = 23;
    public static final int BASE_TIMESTAMP = 27;
    public static final int MAX_TIMESTAMP = 35;
    public static final int PRODUCER_ID = 43;
    public static final int PRODUCER_EPOCH = 51;
    public static final int BASE_SEQUENCE = 53;
    public static final int RECORD_COUNT = 57;

    /** Bytes before the first record, and the size of an empty batch. */
    public static final int HEADER_BYTES = 61;
    /** Bytes that the length field does not count: the base offset and itself. */
    public static final int LENGTH_EXCLUDES_BYTES = LENGTH + Integer.BYTES;
    /** The only magic there is here; 0 and 1 are message sets of Kafka before 0.11. */
    public static final byte MAGIC_V2 = 2;
    /** The smallest record: seven fields of one byte each. */
    public static final int MIN_RECORD_BYTES = 7;
    /** In the producer id, its epoch and the base sequence: the producer is not idempotent. */
    public static final int NO_PRODUCER = -1;
    /** The base sequence of a batch whose records are not numbered. */
    public static final int NO_SEQUENCE = -1;

    static final int COMPRESSION_MASK = 0x07;
    static final int LOG_APPEND_TIME_FLAG = 0x08;
    static final int TRANSACTIONAL_FLAG = 0x10;
    static final int CONTROL_FLAG = 0x20;
    static final int DELETE_HORIZON_FLAG = 0x40;

    private BatchLayout() {}
}
