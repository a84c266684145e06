package io.tailrace.serde;

import java.util.Map;

/**
 * The bytes of a list, as Kafka's list serde writes them (KIP-466). All numbers are big-endian ints.
 *
 * <pre>
 * entries of one fixed size          entries of any size
 *   byte  0                            byte  1
 *   int   number of nulls              int   number of entries, nulls included
 *   int[] indexes of the nulls         per entry: int size (-1: null), then that many bytes
 *   int   number of entries, nulls included
 *   the entries without the nulls
 * </pre>
 *
 * <p>The first form saves the size per entry. It is used for exactly the serializers listed here: another choice would be
 * read correctly but would not be the same bytes.
 */
final class ListLayout {
    static final byte CONSTANT_SIZE = 0;
    static final byte VARIABLE_SIZE = 1;
    static final int NULL_ENTRY = -1;
    private static final int UUID_CHARACTERS = 36;

    private static final Map<Class<?>, Integer> FIXED_SIZES = Map.ofEntries(
            Map.entry(ShortSerializer.class, Short.BYTES),
            Map.entry(ShortDeserializer.class, Short.BYTES),
            Map.entry(IntegerSerializer.class, Integer.BYTES),
            Map.entry(IntegerDeserializer.class, Integer.BYTES),
            Map.entry(FloatSerializer.class, Float.BYTES),
            Map.entry(FloatDeserializer.class, Float.BYTES),
            Map.entry(LongSerializer.class, Long.BYTES),
            Map.entry(LongDeserializer.class, Long.BYTES),
            Map.entry(DoubleSerializer.class, Double.BYTES),
            Map.entry(DoubleDeserializer.class, Double.BYTES),
            Map.entry(UUIDSerializer.class, UUID_CHARACTERS),
            Map.entry(UUIDDeserializer.class, UUID_CHARACTERS));

    private ListLayout() {}

    /** Bytes per entry that the serializer writes or the deserializer reads, or -1 when that varies. */
    static int fixedSize(Object serializerOrDeserializer) {
        return FIXED_SIZES.getOrDefault(serializerOrDeserializer.getClass(), -1);
    }
}
