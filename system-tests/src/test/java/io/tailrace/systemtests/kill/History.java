package io.tailrace.systemtests.kill;

import io.tailrace.log.api.IsolationLevel;
import io.tailrace.systemtests.kill.Violations.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All that the victims have reported so far: what the log has to keep. Checks the reports against each other as they come. */
final class History {

    /** Names a transaction. */
    record TransactionId(int mover, long number) {}

    /** Names a record of {@link Move#TOPIC}. */
    record MoveId(int mover, long transaction, int index) {
        static MoveId of(Move move) {
            return new MoveId(move.mover(), move.transaction(), move.index());
        }
    }

    private final Violations violations;
    private final List<TreeSet<Long>> beginnings = new ArrayList<>(); // of each producer
    private final List<BitSet> acknowledged = new ArrayList<>(); // of each producer
    private final Map<TransactionId, Integer> committed = new HashMap<>();
    private final Set<TransactionId> aborted = new HashSet<>();
    private final List<Map<Long, Mark>> marks = new ArrayList<>(); // of each partition, by offset
    private final Map<IsolationLevel, List<Map<Long, MoveId>>> moves = new EnumMap<>(IsolationLevel.class);
    private final long[] delivered = new long[Mark.PARTITIONS];
    private final long[] stored = new long[Mark.PARTITIONS];
    private long recordCount;

    History(Violations violations) {
        this.violations = violations;
        for (int producer = 0; producer < Mark.PRODUCERS; producer++) {
            beginnings.add(new TreeSet<>());
            acknowledged.add(new BitSet());
        }
        forgetSeen();
    }

    /** Takes what was seen so far as checked. */
    void forgetSeen() {
        marks.clear();
        moves.clear();
        for (int partition = 0; partition < Mark.PARTITIONS; partition++) {
            marks.add(new HashMap<>());
        }
        for (IsolationLevel isolation : IsolationLevel.values()) {
            List<Map<Long, MoveId>> partitions = new ArrayList<>();
            for (int partition = 0; partition < Move.PARTITIONS; partition++) {
                partitions.add(new HashMap<>());
            }
            moves.put(isolation, partitions);
        }
    }

    void add(Report report) {
        switch (report.kind()) {
            case STEP, OPENED, CLOSED -> {}
            case BEGINS -> begins(report.smallNumber(0), report.number(1));
            case ACKNOWLEDGED -> acknowledged(report.smallNumber(0), report.smallNumber(1));
            case WRITTEN -> {
                Mark mark = new Mark(report.smallNumber(0), report.number(1));
                marks.get(mark.partition()).put(report.number(2), mark);
            }
            case COMMITTED -> {
                committed.put(new TransactionId(report.smallNumber(0), report.number(1)), report.smallNumber(2));
                recordCount += report.number(2);
            }
            case ABORTED -> aborted.add(new TransactionId(report.smallNumber(0), report.number(1)));
            case DELIVERED -> {
                int partition = report.smallNumber(0);
                delivered[partition] = Math.max(delivered[partition], report.number(1));
            }
            case STORED -> stored(report.smallNumber(0), report.number(1));
            case RESUMES -> resumes(report.smallNumber(0), report.number(1));
            case SAW_MARK ->
                marks.get(report.smallNumber(0))
                        .put(report.number(1), new Mark(report.smallNumber(2), report.number(3)));
            case SAW_MOVE ->
                moves(report.number(0) == 1 ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED)
                        .get(report.smallNumber(1))
                        .put(
                                report.number(2),
                                new MoveId(report.smallNumber(3), report.number(4), report.smallNumber(5)));
        }
    }

    private void begins(int producer, long first) {
        int after = acknowledged.get(producer).length();
        if (first < after) {
            violations.add(
                    Kind.LOST,
                    "producer " + producer + " found nothing behind its number " + (first - 1) + ", but " + (after - 1)
                            + " was acknowledged");
        }
        beginnings.get(producer).add(first);
    }

    private void acknowledged(int producer, int upTo) {
        BitSet numbers = acknowledged.get(producer);
        int first = Math.max(
                numbers.length(), Math.toIntExact(beginnings.get(producer).last()));
        if (upTo >= first) {
            numbers.set(first, upTo + 1);
            recordCount += upTo + 1 - first;
        }
    }

    private void stored(int partition, long offset) {
        if (offset < stored[partition]) {
            violations.add(
                    Kind.WRONG,
                    "the readers committed " + offset + " of partition " + partition + " after " + stored[partition]);
        }
        stored[partition] = offset;
    }

    /** The log says that the readers have committed this. */
    void resumes(int partition, long offset) {
        if (offset < stored[partition]) {
            violations.add(
                    Kind.LOST,
                    "the readers' offset of partition " + partition + " is " + offset + ", but " + stored[partition]
                            + " was committed");
        }
        if (offset > delivered[partition]) {
            violations.add(
                    Kind.WRONG,
                    "the readers' offset of partition " + partition + " is " + offset
                            + ", but they got only what is before " + delivered[partition]);
        }
        stored[partition] = offset;
    }

    /** All numbers of a producer that it was told are in the log. */
    BitSet acknowledged(int producer) {
        return acknowledged.get(producer);
    }

    /** Whether the producer, having written one number to a partition, may have gone on with this other one: nothing but a kill lies between. */
    boolean mayFollow(Mark earlier, Mark later) {
        Mark next = earlier.next();
        if (next.equals(later)) {
            return true;
        }
        Long beginning = beginnings.get(later.producer()).floor(later.number());
        return beginning != null && beginning > earlier.number() && isFirst(later, beginning);
    }

    /** Whether the number may be the producer's first one in its partition. */
    boolean mayBeFirst(Mark mark) {
        Long beginning = beginnings.get(mark.producer()).floor(mark.number());
        return beginning != null && isFirst(mark, beginning);
    }

    private static boolean isFirst(Mark mark, long beginning) {
        for (long number = beginning; number < mark.number(); number++) {
            if (new Mark(mark.producer(), number).partition() == mark.partition()) {
                return false;
            }
        }
        return true;
    }

    /** Transactions whose commit has returned, with their numbers of records. */
    Map<TransactionId, Integer> committed() {
        return committed;
    }

    boolean isAborted(TransactionId transaction) {
        return aborted.contains(transaction);
    }

    /** By offset: records of a partition of {@link Mark#TOPIC} that somebody was told about. */
    Map<Long, Mark> marks(int partition) {
        return marks.get(partition);
    }

    /** By partition and offset: records of {@link Move#TOPIC} that a consumer got. */
    List<Map<Long, MoveId>> moves(IsolationLevel isolation) {
        return moves.getOrDefault(isolation, List.of());
    }

    /** Records that were acknowledged, one by one or by a commit. */
    long recordCount() {
        return recordCount;
    }

    int transactionCount() {
        return committed.size();
    }

    int abortedCount() {
        return aborted.size();
    }
}
