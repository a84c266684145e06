package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidProducerEpochException;
import io.tailrace.common.errors.InvalidTxnStateException;
import io.tailrace.common.errors.OutOfOrderSequenceException;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.record.Batches;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Random producers, transactions, rolls, restarts and crashes, beside a model that asks the whole history each time. */
class ProducersProperties {
    private static final TopicPartition TP = new TopicPartition("flights", 0);
    private static final int PRODUCERS = 4;

    /** What is in the log: a batch or, with {@code commit} set, a marker. Producer -1 is not idempotent. */
    private record Entry(
            long offset,
            int producer,
            int epoch,
            int sequence,
            int records,
            boolean transactional,
            @Nullable Boolean commit) {
        long end() {
            return offset + records;
        }

        boolean isMarker() {
            return commit != null;
        }
    }

    /** The outcome of an append: an offset, or an error. */
    private record Outcome(long offset, @Nullable Class<? extends TailraceException> error) {
        static Outcome of(LongSupplier append) {
            try {
                return new Outcome(append.getAsLong(), null);
            } catch (OutOfOrderSequenceException | InvalidProducerEpochException | InvalidTxnStateException e) {
                return new Outcome(-1, e.getClass());
            }
        }

        static Outcome failed(Class<? extends TailraceException> error) {
            return new Outcome(-1, error);
        }
    }

    private static final class Model {
        final List<Entry> log = new ArrayList<>();

        long endOffset() {
            return log.isEmpty() ? 0 : log.get(log.size() - 1).end();
        }

        List<Entry> of(int producer) {
            return log.stream().filter(entry -> entry.producer() == producer).toList();
        }

        int epoch(int producer) {
            List<Entry> all = of(producer);
            return all.isEmpty() ? -1 : all.get(all.size() - 1).epoch();
        }

        List<Entry> batchesOfThisEpoch(int producer) {
            int epoch = epoch(producer);
            return of(producer).stream()
                    .filter(entry -> !entry.isMarker() && entry.epoch() == epoch)
                    .toList();
        }

        int nextSequence(int producer) {
            List<Entry> batches = batchesOfThisEpoch(producer);
            if (batches.isEmpty()) {
                return 0;
            }
            Entry last = batches.get(batches.size() - 1);
            return ProducerStamp.sequenceAfter(last.sequence(), last.records());
        }

        /** Where the open transaction begins; -1 when there is none. */
        long openSince(int producer) {
            long since = -1;
            for (Entry entry : of(producer)) {
                since = entry.isMarker() ? -1 : since < 0 && entry.transactional() ? entry.offset() : since;
            }
            return since;
        }

        long lastStableOffset() {
            long stable = endOffset();
            for (int producer = 0; producer < PRODUCERS; producer++) {
                long since = openSince(producer);
                stable = since < 0 ? stable : Math.min(stable, since);
            }
            return stable;
        }

        Outcome append(int producer, int epoch, int sequence, int records, boolean transactional) {
            List<Entry> known = batchesOfThisEpoch(producer);
            if (epoch == epoch(producer)) {
                for (Entry entry : known.subList(Math.max(0, known.size() - 5), known.size())) {
                    if (entry.sequence() == sequence && entry.records() == records) {
                        return new Outcome(entry.offset(), null);
                    }
                }
            }
            if (epoch < epoch(producer)) {
                return Outcome.failed(InvalidProducerEpochException.class);
            }
            boolean first = of(producer).isEmpty();
            int expected = epoch == epoch(producer) ? nextSequence(producer) : 0;
            if (first ? transactional && sequence != 0 : sequence != expected) {
                return Outcome.failed(OutOfOrderSequenceException.class);
            }
            if (openSince(producer) >= 0 && !transactional) {
                return Outcome.failed(InvalidTxnStateException.class);
            }
            return add(producer, epoch, sequence, records, transactional, null);
        }

        Outcome end(int producer, int epoch, boolean commit) {
            int least = openSince(producer) >= 0 ? epoch(producer) + 1 : epoch(producer);
            return epoch < least
                    ? Outcome.failed(InvalidProducerEpochException.class)
                    : add(producer, epoch, -1, 1, true, commit);
        }

        Outcome add(
                int producer, int epoch, int sequence, int records, boolean transactional, @Nullable Boolean commit) {
            long offset = endOffset();
            log.add(new Entry(offset, producer, epoch, sequence, records, transactional, commit));
            return new Outcome(offset, null);
        }

        /** The offsets that a reader of committed data sees. */
        List<Long> committed() {
            List<Long> offsets = new ArrayList<>();
            long stable = lastStableOffset();
            for (Entry entry : log) {
                if (!entry.isMarker() && entry.offset() < stable && !(entry.transactional() && isAborted(entry))) {
                    for (long offset = entry.offset(); offset < entry.end(); offset++) {
                        offsets.add(offset);
                    }
                }
            }
            return offsets;
        }

        private boolean isAborted(Entry entry) {
            return of(entry.producer()).stream()
                    .filter(other -> other.isMarker() && other.offset() > entry.offset())
                    .findFirst()
                    .map(marker -> Boolean.FALSE.equals(marker.commit()))
                    .orElse(false);
        }
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void decisionsAndCommittedDataAreThoseOfTheModel(@ForAll long seed) {
        Random random = new Random(seed);
        PartitionConfig config = new PartitionConfig(300 + random.nextInt(3000), 1 + random.nextInt(500), 100_000);
        MemoryStorage storage = new MemoryStorage();
        Partition partition = open(storage, config);
        Model model = new Model();
        for (int step = 0; step < 250; step++) {
            int producer = random.nextInt(PRODUCERS);
            int kind = random.nextInt(100);
            if (kind < 5) {
                partition.append(Batches.of(1000, values(1)));
                model.add(-1, -1, -1, 1, false, null);
            } else if (kind < 8) {
                List<ProducerInfo> known = partition.producers();
                if (random.nextBoolean()) {
                    partition.close();
                }
                storage.close();
                storage = storage.reopen();
                partition = open(storage, config);
                assertThat(partition.producers()).containsExactlyInAnyOrderElementsOf(known);
            } else if (kind < 28) {
                int epoch = Math.max(0, model.epoch(producer) + random.nextInt(4) - 1);
                boolean commit = random.nextBoolean();
                Partition target = partition;
                assertThat(Outcome.of(() -> target.endTransaction(producer, (short) epoch, commit, 0, 1000)))
                        .isEqualTo(model.end(producer, epoch, commit));
            } else {
                send(partition, model, random, producer);
            }
            assertThat(partition.logEndOffset()).isEqualTo(model.endOffset());
            assertThat(partition.lastStableOffset()).isEqualTo(model.lastStableOffset());
            if (step % 50 == 49) {
                assertThat(committed(partition, 1 + random.nextInt(2000))).isEqualTo(model.committed());
            }
        }
        partition.close();
    }

    private static void send(Partition partition, Model model, Random random, int producer) {
        int epoch = Math.max(0, model.epoch(producer));
        int sequence = model.nextSequence(producer);
        int records = 1 + random.nextInt(3);
        boolean transactional = model.openSince(producer) >= 0 || random.nextInt(4) > 0;
        List<Entry> known = model.batchesOfThisEpoch(producer);
        switch (random.nextInt(12)) {
            case 0 -> sequence = ProducerStamp.sequenceAfter(sequence, 1 + random.nextInt(3));
            case 1 -> epoch = Math.max(0, epoch - 1);
            case 2 -> epoch++;
            case 3 -> {
                epoch++;
                sequence = 0;
            }
            case 4 -> transactional = !transactional;
            case 5, 6, 7 -> {
                if (!known.isEmpty()) { // once more
                    Entry entry = known.get(Math.max(0, known.size() - 1 - random.nextInt(8)));
                    sequence = entry.sequence();
                    records = entry.records() + (random.nextInt(8) == 0 ? 1 : 0);
                    transactional = entry.transactional();
                }
            }
            case 8 -> sequence = known.isEmpty() ? Integer.MAX_VALUE - random.nextInt(3) : sequence;
            default -> {} // the one that follows
        }
        ProducerStamp stamp = new ProducerStamp(producer, (short) epoch, sequence, transactional);
        String[] values = values(records);
        assertThat(Outcome.of(() -> partition.append(Batches.stamped(stamp, 1000, values))))
                .as("%s of %d records", stamp, records)
                .isEqualTo(model.append(producer, epoch, sequence, records, transactional));
    }

    private static String[] values(int records) {
        return Stream.generate(() -> "value").limit(records).toArray(String[]::new);
    }

    private static Partition open(MemoryStorage storage, PartitionConfig config) {
        return Partition.open(storage, "flights-0", TP, config, RecoveryListener.NONE);
    }

    private static List<Long> committed(Partition partition, int maxBytes) {
        List<Long> offsets = new ArrayList<>();
        long next = 0;
        while (true) {
            FetchedBatches fetched = partition.read(next, maxBytes, IsolationLevel.READ_COMMITTED);
            if (fetched.isEmpty()) {
                return offsets;
            }
            AbortedTransactions aborted = new AbortedTransactions(fetched.abortedTransactions());
            for (RecordBatch batch : fetched) {
                if (!aborted.skip(batch)) {
                    batch.forEachRecord(record -> offsets.add(record.offset()));
                }
            }
            next = fetched.nextOffset();
        }
    }
}
