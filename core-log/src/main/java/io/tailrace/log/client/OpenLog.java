package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.catalog.ProducerIds;
import io.tailrace.log.inspect.BackupReport;
import io.tailrace.log.inspect.ByteProgress;
import io.tailrace.log.storage.Storage;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serializer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What all clients of one open log share: topics, groups, the sender thread and the clock; and the place where clients are
 * made.
 *
 * <p><b>Threads:</b> any. <b>Owner:</b> whoever opened it closes it, then the storage.
 */
public final class OpenLog {
    private static final int IDS_PER_MS = 1000;

    private final Time time;
    private final Topics topics;
    private final Groups groups;
    private final Sender sender;
    private final ProducerIds producerIds;
    private final Transactions transactions;
    private final Set<LogProducer<?, ?>> producers = ConcurrentHashMap.newKeySet();

    private OpenLog(
            Time time,
            Topics topics,
            Groups groups,
            Sender sender,
            ProducerIds producerIds,
            Transactions transactions) {
        this.time = time;
        this.topics = topics;
        this.groups = groups;
        this.sender = sender;
        this.producerIds = producerIds;
        this.transactions = transactions;
    }

    /** Reads the catalog, ends the transactions of the last process and reads the committed offsets. What was opened is closed again when that fails. */
    public static OpenLog open(Storage storage, TopicDefaults defaults, Time time) {
        Topics topics = Topics.open(storage, defaults, time);
        try {
            // Should the file of producer ids be lost, the clock is above all that can have been given.
            long firstProducerId = topics.count() == 0 ? 0 : time.milliseconds() * IDS_PER_MS;
            ProducerIds producerIds = new ProducerIds(storage, firstProducerId);
            Sender sender = new Sender(time); // has no thread yet
            TransactionTopic transactionTopic = TransactionTopic.open(topics, producerIds, time);
            EndMarkers markers = new EndMarkers(topics, time);
            transactionTopic.endAll(markers); // first: the groups read the offsets of transactions that are decided
            topics.recover(time); // behind it: partitions are opened without transactions that nobody will end
            Groups groups = Groups.open(topics, time, sender);
            Transactions transactions = new Transactions(transactionTopic, markers, groups, time, sender);
            return new OpenLog(time, topics, groups, sender, producerIds, transactions);
        } catch (RuntimeException e) {
            topics.refuse();
            topics.close(FirstFailure.of(e));
            throw e;
        }
    }

    public Topics topics() {
        return topics;
    }

    public Groups groups() {
        return groups;
    }

    Time time() {
        return time;
    }

    Transactions transactions() {
        return transactions;
    }

    ProducerIds producerIds() {
        return producerIds;
    }

    Sender sender() {
        return sender;
    }

    /** One pass over the old records of all partitions that are open. */
    public void runMaintenance() {
        topics.checkOpen();
        topics.maintenance().run();
    }

    public Admin admin() {
        topics.checkOpen();
        return new LogAdmin(topics, groups, transactions, time);
    }

    public <K, V> Producer<K, V> newProducer(
            ProducerConfig config, Serializer<? super K> keySerializer, Serializer<? super V> valueSerializer) {
        topics.checkOpen();
        LogProducer<K, V> producer = new LogProducer<>(this, config, keySerializer, valueSerializer);
        producers.add(producer);
        return producer;
    }

    public <K, V> Consumer<K, V> newConsumer(
            ConsumerConfig config,
            Deserializer<? extends K> keyDeserializer,
            Deserializer<? extends V> valueDeserializer) {
        topics.checkOpen();
        config.groupId().ifPresent(Groups::checkId);
        if (config.groupId().isEmpty() && config.autoCommitInterval().isPresent()) {
            throw new InvalidGroupIdException(
                    "the consumer has an autoCommitInterval but no group id to commit for; set ConsumerConfig.withGroupId");
        }
        return new LogConsumer<>(topics, groups, time, config, keyDeserializer, valueDeserializer);
    }

    /** As {@link io.tailrace.log.EmbeddedLog#backup(Storage, boolean, ByteProgress)}. */
    public BackupReport backup(Storage target, boolean link, ByteProgress progress) {
        topics.checkOpen();
        return new HotBackup(topics.storage(), target, link, progress).run(topics, transactions);
    }

    void forget(LogProducer<?, ?> producer) {
        producers.remove(producer);
    }

    /**
     * Appends what producers have buffered, forces and closes all partitions; clients fail from now on. All steps are tried, the
     * first failure is thrown then. Not to be called twice.
     */
    public void close() {
        FirstFailure failure = new FirstFailure();
        topics.refuse();
        producers.forEach(producer -> failure.run(producer::closeWithLog));
        failure.run(sender::close);
        groups.wakeMembers();
        topics.close(failure);
        producers.forEach(producer -> failure.run(producer::complete));
        failure.rethrow();
    }
}
