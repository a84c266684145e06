package io.tailrace.benchmarks.suite;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Random;

/** A thousand records of the same size, with text as values: no two the same, and about as compressible as JSON. */
final class Payload {
    static final int DISTINCT = 1024;
    static final int KEY_BYTES = 8;
    private static final String[] WORDS = {
        "\"airport\":",
        "\"delay\":",
        "\"carrier\":",
        "\"flight\":",
        "true",
        "false",
        "null",
        "{",
        "}",
        ",",
        "arrived",
        "late"
    };

    private final byte[][] keys = new byte[DISTINCT][];
    private final byte[][] values = new byte[DISTINCT][];

    Payload(int recordBytes) {
        Random random = new Random(42);
        for (int i = 0; i < DISTINCT; i++) {
            keys[i] = ByteBuffer.allocate(KEY_BYTES).putLong(random.nextLong()).array();
            values[i] = value(recordBytes - KEY_BYTES, random);
        }
    }

    private static byte[] value(int size, Random random) {
        StringBuilder text = new StringBuilder();
        while (text.length() < size) {
            text.append(random.nextInt(3) == 0 ? random.nextInt(100_000) : WORDS[random.nextInt(WORDS.length)]);
        }
        return text.substring(0, size).getBytes(US_ASCII);
    }

    byte[] key(int index) {
        return keys[index & (DISTINCT - 1)];
    }

    byte[] value(int index) {
        return values[index & (DISTINCT - 1)];
    }
}
