package io.tailrace.log.client;

import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.log.api.IsolationLevel;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a whole topic that the log keeps for itself, when the log is opened. Damaged records are left out, with a warning, so that
 * the log opens: what they tell is then as an earlier record of the same key has it.
 */
final class InternalTopicReplay {
    private static final Logger LOG = LoggerFactory.getLogger(InternalTopicReplay.class);
    private static final int READ_BYTES = 1024 * 1024;

    private InternalTopicReplay() {}

    /**
     * @param loss what damage means, for the warning
     * @param target gets the cursor at each record, those of one partition in order, and must not move it
     */
    static void run(Topic topic, IsolationLevel isolation, String loss, Consumer<PartitionCursor> target) {
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            PartitionCursor cursor = new PartitionCursor(topic, partition, isolation);
            cursor.seek(cursor.startOffset());
            while (findIntact(cursor, loss)) {
                target.accept(cursor);
                cursor.consume();
            }
        }
    }

    private static boolean findIntact(PartitionCursor cursor, String loss) {
        while (true) {
            try {
                return cursor.find(READ_BYTES);
            } catch (CorruptRecordException e) {
                long next = e.nextOffset().orElseThrow(() -> e);
                LOG.warn("{}: {}", loss, e.getMessage());
                cursor.seek(next);
            }
        }
    }
}
