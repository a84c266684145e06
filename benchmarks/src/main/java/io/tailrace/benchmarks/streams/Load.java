package io.tailrace.benchmarks.streams;

import io.tailrace.common.ProducerRecord;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.ByteArraySerializer;
import io.tailrace.serde.LongSerializer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

/** Fills the topic {@value #TOPIC}, of one partition, with records of 100 bytes: 8 of key, 92 of value. */
final class Load {
    static final String TOPIC = "in";
    private static final int VALUE_BYTES = 92;
    private static final long SEED = 42;
    private static final long RECORDS_PER_MS = 20;

    private Load() {}

    /** Nothing expires: the event times are those of 1970. */
    static void createTopics(EmbeddedLog log) {
        Map<String, String> kept = Map.of("retention.ms", "-1");
        log.admin().createTopic(new NewTopic(TOPIC, 1, kept));
        log.admin().createTopic(new NewTopic("out", 1, kept));
    }

    /** Event time goes on by a millisecond every {@value #RECORDS_PER_MS} records. */
    static void append(EmbeddedLog log, long count, LongSupplier keys) {
        byte[] value = new byte[VALUE_BYTES];
        try (Producer<Long, byte[]> producer =
                log.newProducer(ProducerConfig.DEFAULT, new LongSerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < count; i++) {
                producer.post(new ProducerRecord<>(TOPIC, 0, i / RECORDS_PER_MS, keys.getAsLong(), value));
            }
        }
    }

    /** Each key once, from 0. */
    static LongSupplier counting() {
        return LongStream.iterate(0, key -> key + 1).iterator()::nextLong;
    }

    static LongSupplier keys(String distribution, long keys) {
        if (distribution.equals("zipf")) {
            return new Zipf(keys, 0.99, SEED);
        }
        SplittableRandom random = new SplittableRandom(SEED);
        return () -> random.nextLong(keys);
    }
}
