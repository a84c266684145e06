package io.tailrace.systemtests.kill;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.serde.Serdes;
import io.tailrace.systemtests.kill.Violations.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a whole log and holds it to what was reported. */
final class LogCheck {
    private static final int MOST_PER_POLL = 5_000;

    /** What the next victim needs to go on. */
    record Ends(List<Long> tail, List<Long> lastNumbers) {
        static final Ends OF_AN_EMPTY_LOG =
                new Ends(Collections.nCopies(Mark.PARTITIONS, 0L), Collections.nCopies(Mark.PRODUCERS, -1L));
    }

    private final EventLog log;
    private final History history;
    private final Violations violations;
    private final List<BitSet> numbers = new ArrayList<>(); // found, of each producer
    private final List<Long> tail = new ArrayList<>(); // of each partition

    private LogCheck(EventLog log, History history, Violations violations) {
        this.log = log;
        this.history = history;
        this.violations = violations;
    }

    /** @param log in which nothing happens any more */
    static Ends check(EventLog log, History history, Violations violations) {
        return new LogCheck(log, history, violations).check();
    }

    private Ends check() {
        for (int producer = 0; producer < Mark.PRODUCERS; producer++) {
            numbers.add(new BitSet());
        }
        for (TopicPartition partition : Victim.partitions(Mark.TOPIC, Mark.PARTITIONS)) {
            checkMarks(partition);
        }
        for (int producer = 0; producer < Mark.PRODUCERS; producer++) {
            checkAcknowledged(producer);
        }
        Map<TopicPartition, OffsetAndMetadata> moved = log.admin().committedOffsets(Move.GROUP);
        MoveCheck moves = new MoveCheck(history, violations);
        for (TopicPartition partition : Victim.partitions(Move.TOPIC, Move.PARTITIONS)) {
            for (IsolationLevel isolation : IsolationLevel.values()) {
                checkMoves(partition, isolation, moves);
            }
        }
        moves.finish(moved);
        log.admin()
                .committedOffsets(GroupReader.GROUP)
                .forEach((partition, offset) -> history.resumes(partition.partition(), offset.offset()));
        history.forgetSeen();
        return new Ends(tail, numbers.stream().map(found -> found.length() - 1L).toList());
    }

    private void checkMarks(TopicPartition partition) {
        Mark[] last = new Mark[Mark.PRODUCERS];
        Map<Long, Mark> expected = history.marks(partition.partition());
        int seen = 0;
        long next = 0;
        try (Reading reading = new Reading(partition, IsolationLevel.READ_UNCOMMITTED)) {
            for (List<ConsumerRecord<byte[], byte[]>> some = reading.next(); !some.isEmpty(); some = reading.next()) {
                for (ConsumerRecord<byte[], byte[]> record : some) {
                    if (record.offset() != next) {
                        violations.add(Kind.WRONG, partition + "@" + record.offset() + " comes after @" + (next - 1));
                    }
                    next = record.offset() + 1;
                    Mark mark = Mark.of(record);
                    seen += isAsReported(partition, record.offset(), expected.get(record.offset()), mark) ? 1 : 0;
                    checkOrder(partition, record.offset(), last[mark.producer()], mark);
                    last[mark.producer()] = mark;
                }
            }
        }
        checkAllSeen(partition, expected.size(), seen);
        tail.add(next);
    }

    private void checkOrder(TopicPartition partition, long offset, @Nullable Mark last, Mark mark) {
        BitSet found = numbers.get(mark.producer());
        int number = Math.toIntExact(mark.number());
        if (found.get(number)) {
            violations.add(Kind.DUPLICATED, mark + " is at " + partition + "@" + offset + " again");
        } else if (last == null ? !history.mayBeFirst(mark) : !history.mayFollow(last, mark)) {
            violations.add(Kind.WRONG, mark + " at " + partition + "@" + offset + " comes behind " + last);
        }
        found.set(number);
    }

    private void checkAcknowledged(int producer) {
        BitSet lost = (BitSet) history.acknowledged(producer).clone();
        lost.andNot(numbers.get(producer));
        lost.stream()
                .forEach(number -> violations.add(
                        Kind.LOST,
                        "acknowledged " + new Mark(producer, number) + " of partition "
                                + new Mark(producer, number).partition()));
    }

    private void checkMoves(TopicPartition partition, IsolationLevel isolation, MoveCheck moves) {
        Map<Long, History.MoveId> expected = history.moves(isolation).get(partition.partition());
        int seen = 0;
        try (Reading reading = new Reading(partition, isolation)) {
            for (List<ConsumerRecord<byte[], byte[]>> some = reading.next(); !some.isEmpty(); some = reading.next()) {
                for (ConsumerRecord<byte[], byte[]> record : some) {
                    Move move = Move.of(record);
                    History.MoveId id = History.MoveId.of(move);
                    seen += isAsReported(partition, record.offset(), expected.get(record.offset()), id) ? 1 : 0;
                    if (isolation == IsolationLevel.READ_COMMITTED) {
                        moves.add(partition, record.offset(), move);
                    }
                }
            }
        }
        checkAllSeen(partition, expected.size(), seen);
    }

    /** @return whether something was reported about the offset at all */
    private boolean isAsReported(TopicPartition partition, long offset, @Nullable Object expected, Object found) {
        if (expected != null && !expected.equals(found)) {
            violations.add(Kind.LOST, expected + " was at " + partition + "@" + offset + ", where now is " + found);
        }
        return expected != null;
    }

    private void checkAllSeen(TopicPartition partition, int expected, int seen) {
        if (seen != expected) {
            violations.add(
                    Kind.LOST,
                    (expected - seen) + " of " + expected + " records of " + partition
                            + " that a consumer or producer was told about");
        }
    }

    /** All records of a partition. */
    private final class Reading implements AutoCloseable {
        private final TopicPartition partition;
        private final Consumer<byte[], byte[]> consumer;
        private final long end;

        Reading(TopicPartition partition, IsolationLevel isolation) {
            this.partition = partition;
            this.end = Victim.end(log.admin().endOffsets(List.of(partition)), partition);
            this.consumer = log.newConsumer(
                    ConsumerConfig.DEFAULT
                            .withIsolationLevel(isolation)
                            .withMaxPollRecords(MOST_PER_POLL)
                            .withAutoOffsetReset(OffsetResetPolicy.NONE),
                    Serdes.ByteArray().deserializer(),
                    Serdes.ByteArray().deserializer());
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
        }

        /** Empty at the end. */
        List<ConsumerRecord<byte[], byte[]>> next() {
            while (consumer.position(partition) < end) {
                List<ConsumerRecord<byte[], byte[]>> records =
                        consumer.poll(Duration.ZERO).records(partition);
                if (!records.isEmpty()) {
                    return records;
                }
                if (consumer.poll(Duration.ZERO).isEmpty()) {
                    return List.of();
                }
            }
            return List.of();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
