package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidRecordException;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.log.record.Defect;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import java.nio.ByteBuffer;

/** Whether bytes are a batch that a partition takes. Nothing that fails here is written. Any thread. */
final class BatchCheck {
    private final TopicPartition topicPartition;
    private final String source;

    BatchCheck(TopicPartition topicPartition) {
        this.topicPartition = topicPartition;
        this.source = "batch for " + topicPartition;
    }

    /**
     * @param batch from position to limit
     * @param verify whether to compute the checksum
     */
    RecordBatch check(ByteBuffer batch, PartitionConfig config, AppendOrigin origin, boolean verify) {
        int size = batch.remaining();
        if (size > config.maxBatchBytes()) {
            throw new RecordTooLargeException(
                    topicPartition.topic(), size, config.maxBatchBytes(), "max.message.bytes");
        }
        RecordBatch checked = RecordBatch.at(batch, batch.position(), source, 0);
        if (verify) {
            checked.verify();
        }
        if (checked.sizeInBytes() != size) {
            throw new Defect("a batch of " + checked.sizeInBytes() + " bytes", "one of " + size + ", up to the limit")
                    .at(source, 0);
        }
        long records = checked.nextOffset() - checked.baseOffset();
        if (checked.count() != records) {
            throw new Defect(checked.count() + " records", records + ", one for each offset").at(source, 0);
        }
        checked.codec(); // one that nobody can read would be lost
        if (origin == AppendOrigin.CLIENT) {
            checkOfClient(checked, config);
        }
        if (checked.hasProducer()
                && (checked.producerEpoch() < 0 || (origin == AppendOrigin.CLIENT && checked.baseSequence() < 0))) {
            throw new Defect(
                            "epoch " + checked.producerEpoch() + " and sequence " + checked.baseSequence()
                                    + " of producer " + checked.producerId(),
                            "0 or more")
                    .at(source, 0);
        }
        return checked;
    }

    private void checkOfClient(RecordBatch batch, PartitionConfig config) {
        if (config.keysRequired()) {
            checkKeys(batch);
        }
        if (batch.isControl()) {
            throw new Defect("a control batch", "records; endTransaction() writes markers").at(source, 0);
        }
    }

    private void checkKeys(RecordBatch batch) {
        RecordCursor records = batch.records();
        for (int i = 0; records.next(); i++) {
            if (records.keyLength() < 0) {
                throw new InvalidRecordException(
                        topicPartition,
                        "no key in record " + (i + 1) + " of " + batch.count(),
                        "one in each, because the topic is compacted (cleanup.policy)");
            }
        }
    }
}
