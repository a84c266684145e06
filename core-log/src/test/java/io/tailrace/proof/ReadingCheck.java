package io.tailrace.proof;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.proof.History.Sent;
import io.tailrace.proof.History.TopicLife;
import java.util.HashSet;
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
}
