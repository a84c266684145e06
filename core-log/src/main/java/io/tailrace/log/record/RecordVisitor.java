package io.tailrace.log.record;

/** Takes the records of a batch one after the other. */
@FunctionalInterface
public interface RecordVisitor {
    /** @param record borrowed: shows the next record after this call returns */
    void onRecord(RecordCursor record);
}
