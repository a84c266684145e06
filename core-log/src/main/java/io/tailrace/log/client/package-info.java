/**
 * Producers, consumers and admin of the embedded log, and what they share.
 *
 * <p>{@link io.tailrace.log.client.OpenLog} is what the clients of one log share: its {@link io.tailrace.log.client.Topics},
 * which {@code TopicChanges} creates and deletes, its groups, and one sender thread for records that wait for company. The way of
 * a record: {@code LogProducer.send} → {@code Accumulator.add} → {@code Partition.append}; and back: {@code LogConsumer.poll} →
 * {@code HeldPartitions.fetch} → {@code PartitionCursor.find} → {@code Partition.read}.
 *
 * <p>A producer's {@code Appender} puts its id, epoch and sequence on batches. In transactions that is the {@code
 * TransactionSession}; {@code Transactions} begins and ends them, with {@code TransactionTopic} for what is decided and {@code
 * EndMarkers} for what partitions are told.
 *
 * <p>Locks, always taken in this order: topic changes → an accumulator → a transactional id → groups → a topic's partitions →
 * the transaction topic → the sender's queue. User code (callbacks of futures, rebalance listeners, serializers) runs under none
 * of them.
 */
@NullMarked
package io.tailrace.log.client;

import org.jspecify.annotations.NullMarked;
