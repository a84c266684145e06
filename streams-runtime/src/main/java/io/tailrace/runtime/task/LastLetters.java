package io.tailrace.runtime.task;

import io.tailrace.common.ProducerRecord;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.ByteArraySerializer;
import java.util.List;

/**
 * Writes the dead letters of a record that ends its thread: no commit follows, and with exactly-once what the thread's producer
 * has written is aborted, so these go through a producer of their own. Any thread.
 */
@FunctionalInterface
public interface LastLetters {
    /** Returns when they are in the log. */
    void write(List<ProducerRecord<byte[], byte[]>> letters);

    static LastLetters to(EventLog log) {
        return letters -> {
            try (Producer<byte[], byte[]> producer =
                    log.newProducer(ProducerConfig.DEFAULT, new ByteArraySerializer(), new ByteArraySerializer())) {
                letters.forEach(producer::post);
            }
        };
    }
}
