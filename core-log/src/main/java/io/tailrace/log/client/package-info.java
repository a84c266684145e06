/**
 * Producers, consumers and admin of the embedded log, and what they share.
 *
 * <p>{@link io.tailrace.log.client.OpenLog} is what the clients of one log share: its {@link io.tailrace.log.client.Topics},
 * its groups, and one sender thread for records that wait for company. The way of a record: {@code LogProducer.send} →
 * {@code Accumulator.add} → {@code Partition.append}; and back: {@code LogConsumer.poll} → {@code HeldPartitions.fetch} →
 * {@code PartitionCursor.find} → {@code Partition.read}.
 *
 * <p>Locks, always taken in this order: topics → groups → an accumulator → the sender's queue. User code (callbacks of
 * futures, rebalance listeners, serializers) runs under none of them.
 */
@NullMarked
package io.tailrace.log.client;

import org.jspecify.annotations.NullMarked;
