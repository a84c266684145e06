package io.tailrace.common;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash that assigns a key to a partition: Austin Appleby's MurmurHash2, 32 bits, with the seed that Kafka's Java
 * clients use, so that a key lands on the same partition as there.
 *
 * @see <a href="https://github.com/aappleby/smhasher/blob/master/src/MurmurHash2.cpp">MurmurHash2</a>
 */
public final class Murmur2 {
    private static final int SEED = 0x9747b28c;
    private static final int M = 0x5bd1e995;
    private static final int R = 24;
    private static final VarHandle INT_LE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Murmur2() {}

    public static int hash(byte[] data) {
        int length = data.length;
        int h = SEED ^ length;
        int tail = length & ~3;
        for (int i = 0; i < tail; i += 4) {
            int k = (int) INT_LE.get(data, i) * M;
            h = (h * M) ^ ((k ^ (k >>> R)) * M);
        }
        int rest = 0;
        for (int i = length - 1; i >= tail; i--) {
            rest = (rest << 8) | (data[i] & 0xff);
        }
        if (tail < length) {
            h = (h ^ rest) * M;
        }
        h = (h ^ (h >>> 13)) * M;
        return h ^ (h >>> 15);
    }

    /**
     * The partition of a key, as Kafka's default partitioner chooses it.
     *
     * @param key serialized
     * @param partitions how many the topic has, at least 1
     * @return from 0 to {@code partitions - 1}
     */
    public static int toPartition(byte[] key, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("a topic has " + partitions + " partitions, expected at least 1");
        }
        return (hash(key) & Integer.MAX_VALUE) % partitions; // sign bit cleared, not Math.abs: as Kafka does
    }
}
