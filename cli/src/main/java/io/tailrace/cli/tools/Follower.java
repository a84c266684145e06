package io.tailrace.cli.tools;

import io.tailrace.cli.console.CommandException;
import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.api.OffsetReset;
import io.tailrace.log.catalog.TopicCatalog;
import io.tailrace.log.catalog.TopicEntry;
import io.tailrace.log.inspect.BatchInfo;
import io.tailrace.log.inspect.BatchVisitor;
import io.tailrace.log.inspect.Finding;
import io.tailrace.log.inspect.PartitionTail;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.storage.FileStorage;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Prints the records of a topic that another process appends, as they come. Ends when the thread is interrupted. */
final class Follower {
    /** Nobody tells another process that a file has grown. */
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final DataDirectory data;
    private final String topic;
    private final List<Integer> wanted;
    private final RecordPrinter printer;
    private final PrintWriter err;
    private long left;

    Follower(
            DataDirectory data, String topic, List<Integer> wanted, RecordPrinter printer, long most, PrintWriter err) {
        this.data = data;
        this.topic = topic;
        this.wanted = wanted;
        this.printer = printer;
        this.left = most;
        this.err = err;
    }

    void run(OffsetReset start) {
        try (FileStorage storage = data.storage()) {
            Map<Integer, PartitionTail> tails = tails(storage, start);
            while (left > 0
                    && !Thread.currentThread().isInterrupted()
                    && !printer.out().checkError()) {
                boolean any = false;
                for (Map.Entry<Integer, PartitionTail> tail : tails.entrySet()) {
                    any |= poll(tail.getKey(), tail.getValue());
                }
                if (!any) {
                    printer.out().flush();
                    LockSupport.parkNanos(LOOK_EVERY_NS);
                }
            }
        }
    }

    private Map<Integer, PartitionTail> tails(FileStorage storage, OffsetReset start) {
        TopicEntry entry = TopicCatalog.read(storage).topics().stream()
                .filter(each -> each.name().equals(topic))
                .findFirst()
                .orElseThrow(() -> new CommandException("there is no topic '" + topic + "' in " + data.path()));
        Map<Integer, PartitionTail> tails = new TreeMap<>();
        for (int partition = 0; partition < entry.partitions(); partition++) {
            if (wanted.isEmpty() || wanted.contains(partition)) {
                long from = start instanceof OffsetReset.ToOffset place ? place.offset() : 0;
                PartitionTail tail = new PartitionTail(storage, entry.directory(partition), from);
                if (start instanceof OffsetReset.ToLatest) {
                    tail.skip();
                }
                tails.put(partition, tail);
            }
        }
        return tails;
    }

    private boolean poll(int partition, PartitionTail tail) {
        long from = tail.nextOffset();
        try {
            return tail.poll(new Visitor(partition, from));
        } catch (StorageException e) {
            err.println("tailrace: note: " + e.getMessage() + "; looking again");
            return false;
        }
    }

    private final class Visitor implements BatchVisitor {
        private final int partition;
        private final long from;

        Visitor(int partition, long from) {
            this.partition = partition;
            this.from = from;
        }

        @Override
        public boolean onBatch(BatchInfo batch, RecordBatch stored) {
            return !batch.control() && left > 0;
        }

        @Override
        public void onRecord(BatchInfo batch, RecordCursor record) {
            if (record.offset() >= from && left > 0) {
                left--;
                printer.print(new ConsumerRecord<>(
                        topic,
                        partition,
                        record.offset(),
                        record.timestamp(),
                        batch.timestampType(),
                        record.keyLength(),
                        record.valueLength(),
                        record.key(),
                        record.value(),
                        record.headers()));
            }
        }

        @Override
        public void onDamage(Finding damage) {
            err.println("tailrace: note: damage: " + damage);
        }
    }
}
