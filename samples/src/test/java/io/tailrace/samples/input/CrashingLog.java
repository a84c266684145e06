package io.tailrace.samples.input;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.RecordMetadata;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serializer;
import java.io.Serial;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A log whose producers die in the middle of a load, as the process would; it lives through entries of the journal. */
final class CrashingLog implements EventLog {
    /** The kill. */
    static final class Crash extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;
    }

    private final EventLog log;
    private final int records;

    private CrashingLog(EventLog log, int records) {
        this.log = log;
        this.records = records;
    }

    /** Crashes when so many records were sent. */
    static CrashingLog after(EventLog log, int records) {
        return new CrashingLog(log, records);
    }

    @Override
    public <K, V> Producer<K, V> newProducer(
            ProducerConfig config, Serializer<? super K> keySerializer, Serializer<? super V> valueSerializer) {
        return new CrashingProducer<>(log.newProducer(config, keySerializer, valueSerializer));
    }

    @Override
    public <K, V> Consumer<K, V> newConsumer(
            ConsumerConfig config,
            Deserializer<? extends K> keyDeserializer,
            Deserializer<? extends V> valueDeserializer) {
        return log.newConsumer(config, keyDeserializer, valueDeserializer);
    }

    @Override
    public Admin admin() {
        return log.admin();
    }

    @Override
    public Optional<Path> directory() {
        return log.directory();
    }

    @Override
    public void close() {
        log.close();
    }

    private final class CrashingProducer<K, V> implements Producer<K, V> {
        private final Producer<K, V> producer;
        private int posted;

        CrashingProducer(Producer<K, V> producer) {
            this.producer = producer;
        }

        @Override
        public void post(ProducerRecord<K, V> record) {
            boolean journal = record.topic().equals("loads");
            if (!journal && posted++ == records) {
                throw new Crash();
            }
            producer.post(record);
        }

        @Override
        public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record) {
            return producer.send(record);
        }

        @Override
        public void flush() {
            producer.flush();
        }

        @Override
        public void initTransactions() {
            producer.initTransactions();
        }

        @Override
        public void beginTransaction() {
            producer.beginTransaction();
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
            producer.sendOffsetsToTransaction(offsets, groupMetadata);
        }

        @Override
        public void commitTransaction() {
            producer.commitTransaction();
        }

        @Override
        public void abortTransaction() {
            producer.abortTransaction();
        }

        @Override
        public void close() {
            producer.close();
        }

        @Override
        public void close(Duration timeout) {
            producer.close(timeout);
        }
    }
}
