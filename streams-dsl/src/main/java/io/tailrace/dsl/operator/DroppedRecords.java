package io.tailrace.dsl.operator;

import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.api.ProcessingContext;
import io.tailrace.processor.api.RecordDrops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts the records that one operator of one task leaves out because it cannot use them. The first is logged with its
 * place, the number of all when the task ends; nothing is logged per record. Owner: the task's thread.
 */
final class DroppedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedRecords.class);

    private final String operator;
    private final ProcessingContext context;
    private long count;

    DroppedRecords(String operator, ProcessingContext context) {
        this.operator = operator;
        this.context = context;
    }

    /** A record that came after its window was closed. */
    void addLate(String reason) {
        count(reason);
        if (context instanceof RecordDrops drops) {
            drops.late();
        }
    }

    void add(String reason) {
        count(reason);
        if (context instanceof RecordDrops drops) {
            drops.dropped();
        }
    }

    private void count(String reason) {
        count++;
        if (count == 1) {
            LOG.warn(
                    "{} in task {} drops the record at {}: {}. Further ones are only counted.",
                    operator,
                    context.taskId(),
                    context.recordMetadata().map(DroppedRecords::place).orElse("an unknown place"),
                    reason);
        }
    }

    long count() {
        return count;
    }

    void logCount() {
        if (count > 0) {
            LOG.info("{} in task {} dropped {} records", operator, context.taskId(), count);
        }
    }

    private static String place(RecordMetadata metadata) {
        return metadata.topic() + "-" + metadata.partition() + "@" + metadata.offset();
    }
}
