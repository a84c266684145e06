package io.tailrace.systemtests.kill;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.systemtests.kill.History.TransactionId;
import io.tailrace.systemtests.kill.Violations.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds what a reader of committed data finds in {@link Move#TOPIC} to the promises of transactions. */
final class MoveCheck {
    private final History history;
    private final Violations violations;
    private final Map<TransactionId, BitSet> open = new HashMap<>(); // indexes found so far
    private final Set<TransactionId> complete = new HashSet<>();
    private final List<BitSet> answered = new ArrayList<>(); // offsets of each partition
    private final Map<List<Integer>, Move> last = new HashMap<>(); // of each partition and mover

    MoveCheck(History history, Violations violations) {
        this.history = history;
        this.violations = violations;
        for (int partition = 0; partition < Mark.PARTITIONS; partition++) {
            answered.add(new BitSet());
        }
    }

    /** The next record of a partition. */
    void add(TopicPartition partition, long offset, Move move) {
        String where = move + " at " + partition + "@" + offset;
        TransactionId transaction = new TransactionId(move.mover(), move.transaction());
        if (history.isAborted(transaction)) {
            violations.add(Kind.TORN, where + " is of an aborted transaction");
        }
        Move before = last.put(List.of(partition.partition(), move.mover()), move);
        if (before != null && !isOrdered(before, move)) {
            violations.add(Kind.WRONG, where + " comes behind " + before);
        }
        BitSet answers = answered.get(move.fromPartition());
        if (answers.get(Math.toIntExact(move.fromOffset()))) {
            violations.add(Kind.DUPLICATED, where + " is a second answer");
        }
        answers.set(Math.toIntExact(move.fromOffset()));
        BitSet indexes = open.computeIfAbsent(transaction, id -> new BitSet());
        indexes.set(move.index());
        if (indexes.cardinality() == move.size()) {
            open.remove(transaction);
            complete.add(transaction);
        }
    }

    private static boolean isOrdered(Move before, Move move) {
        return before.transaction() < move.transaction()
                || (before.transaction() == move.transaction() && before.index() < move.index());
    }

    /**
     * After the last record of all partitions.
     *
     * @param offsets that the movers' transactions have committed
     */
    void finish(Map<TopicPartition, OffsetAndMetadata> offsets) {
        open.forEach((transaction, indexes) ->
                violations.add(Kind.TORN, "of " + transaction + " there are only the records " + indexes));
        for (TransactionId transaction : history.committed().keySet()) {
            if (!complete.contains(transaction)) {
                violations.add(
                        Kind.LOST,
                        transaction + " was committed with "
                                + history.committed().get(transaction) + " records");
            }
        }
        for (TopicPartition partition : Victim.partitions(Mark.TOPIC, Mark.PARTITIONS)) {
            OffsetAndMetadata committed = offsets.get(partition);
            long offset = committed == null ? 0 : committed.offset();
            BitSet answers = answered.get(partition.partition());
            if (answers.length() != offset || answers.cardinality() != offset) {
                violations.add(
                        Kind.TORN,
                        "the movers' offset of " + partition + " is " + offset + ", but " + answers.cardinality()
                                + " records up to " + (answers.length() - 1) + " are answered");
            }
        }
    }
}
