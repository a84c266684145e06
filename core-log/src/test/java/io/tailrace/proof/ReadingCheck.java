package io.tailrace.proof;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.proof.History.Sent;
import io.tailrace.proof.History.TopicLife;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** Holds what was read of a partition against what was sent to it. */
final class ReadingCheck {
    /** All that survives a killed process. */
    static final Predicate<Sent> ACKNOWLEDGED = sent -> sent.offset >= 0;

    private ReadingCheck() {}

    /** What survives a power cut. */
    static Predicate<Sent> durableAt(int time) {
        return sent -> sent.durableAt <= time;
    }

    /**
     * Every record that is read was sent to this partition before, has the offset of its acknowledgement, and comes once; every
     * record that must be there is.
     */
    static void check(
            TopicPartition partition, Reading reading, TopicLife topic, int time, Predicate<Sent> mustBeThere) {
        Set<String> seen = new HashSet<>();
        long lastOffset = -1;
        for (ConsumerRecord<String, String> record : reading.records()) {
            String where = partition + "@" + record.offset();
            Sent sent = topic.sent.get(record.value());
            Violation.check(sent != null, "{} is {}, which was never sent there", where, record.value());
            Violation.check(
                    Objects.requireNonNull(sent).partition == partition.partition() && sent.sentAt <= time,
                    "{} is {}, which was sent to partition {} at {}",
                    where,
                    record.value(),
                    sent.partition,
                    sent.sentAt);
            Violation.check(
                    Objects.equals(sent.key, record.key()), "{} has key {}, not {}", where, record.key(), sent.key);
            Violation.check(
                    sent.offset < 0 || sent.offset == record.offset(),
                    "{} is {}, which was acknowledged at {}",
                    where,
                    record.value(),
                    sent.offset);
            Violation.check(seen.add(sent.value), "{} is {} once more", where, record.value());
            Violation.check(record.offset() > lastOffset, "{} comes behind {}", where, lastOffset);
            lastOffset = record.offset();
        }
        for (Sent sent : topic.sent.values()) {
            Violation.check(
                    sent.partition != partition.partition() || !mustBeThere.test(sent) || seen.contains(sent.value),
                    "{}@{} is lost, it was durable at {}: {}; found {}..{}, unreadable {}",
                    partition,
                    sent.offset,
                    sent.durableAt,
                    sent.value,
                    reading.start(),
                    reading.end(),
                    reading.unreadable());
        }
    }

    /** What is read of committed transactions only has nothing of one whose commit had not begun. */
    static void checkCommitted(TopicPartition partition, Reading reading, TopicLife topic, int time) {
        for (ConsumerRecord<String, String> record : reading.records()) {
            Sent sent = Objects.requireNonNull(topic.sent.get(record.value()));
            Violation.check(
                    sent.transaction == null || sent.transaction.mayBeCommitted(time),
                    "{}@{} is {} of a transaction that was never committed",
                    partition,
                    record.offset(),
                    record.value());
        }
    }

    /**
     * Of each transaction, all records are visible or none; all when its commit was done.
     *
     * @param visible to readers of committed data
     * @param living topics that are there
     */
    static void checkWhole(
            List<History.Transaction> transactions, Set<String> visible, Set<TopicLife> living, int time) {
        for (History.Transaction transaction : transactions) {
            List<Sent> records = transaction.records.stream()
                    .filter(sent -> living.contains(sent.topic))
                    .toList();
            long found = records.stream()
                    .filter(sent -> visible.contains(sent.value))
                    .count();
            Violation.check(
                    found == records.size() || (found == 0 && !transaction.isCommitted(time)),
                    "of a transaction whose commit began at {} and was done at {}, {} of {} records are visible",
                    transaction.commitStarted,
                    transaction.commitDone,
                    found,
                    records.size());
        }
    }
}
