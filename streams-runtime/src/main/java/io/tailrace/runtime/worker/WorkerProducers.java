package io.tailrace.runtime.worker;

import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.ByteArraySerializer;
import java.time.Duration;

/** What the processing guarantee of an application decides: how its workers write, and how they commit. */
final class WorkerProducers {
    /**
     * Of a transactional producer. Nobody sees a batch before the commit, which appends what is left; so batches only go
     * when they are full, or when a commit is far away.
     */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** How long a send waits for a slow device: as long as Kafka Streams lets a task try. */
    private static final Duration MAX_BLOCK = Duration.ofMinutes(5);

    private WorkerProducers() {}

    /**
     * The producer of a worker. Exactly-once, the worker before with that index is fenced and its transaction aborted, and the
     * first transaction is begun. It never times out: there is no other process that could take over the tasks of a worker that
     * is slow, and to abort its work would only have it done again.
     */
    static Producer<byte[], byte[]> open(EventLog log, StreamsConfig config, int worker) {
        ProducerConfig plain = ProducerConfig.DEFAULT.withMaxBlock(MAX_BLOCK);
        if (!config.exactlyOnce()) {
            return log.newProducer(plain, new ByteArraySerializer(), new ByteArraySerializer());
        }
        ProducerConfig transactional = plain.withTransactionalId(
                        OpenTransactions.transactionalId(config.applicationId(), worker))
                .withRefusalsAbort(false) // a handler decides whether to go on without that record
                .withTransactionTimeout(ProducerConfig.NO_TIMEOUT)
                .withLinger(LINGER);
        Producer<byte[], byte[]> producer =
                log.newProducer(transactional, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
            producer.beginTransaction();
            return producer;
        } catch (RuntimeException | Error e) {
            new Closing().run(producer::close).suppressedBy(e);
            throw e;
        }
    }

    /** How a worker with that producer commits. */
    static CommitProtocol protocol(
            EventLog log, StreamsConfig config, Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer) {
        return config.exactlyOnce()
                ? new ExactlyOnceCommit(producer, consumer.groupMetadata(), log.admin())
                : new AtLeastOnceCommit(producer, consumer, log.admin());
    }
}
