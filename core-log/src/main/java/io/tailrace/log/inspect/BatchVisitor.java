package io.tailrace.log.inspect;

import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;

/** Takes what a log file holds, in the order of positions. */
public interface BatchVisitor {

    /** @param batch intact; its records follow with {@link #onRecord} unless this returns false */
    boolean onBatch(BatchInfo batch, RecordBatch stored);

    /** @param record borrowed: shows the next record after this call returns */
    void onRecord(BatchInfo batch, RecordCursor record);

    /** Bytes that are no intact batch. */
    void onDamage(Finding damage);
}
