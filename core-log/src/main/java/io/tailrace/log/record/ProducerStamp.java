package io.tailrace.log.record;

/**
 * What an idempotent producer puts on a batch, so that the log can tell a repeated batch from a new one.
 *
 * @param producerId from 0
 * @param producerEpoch from 0; a larger one fences the producer's older instances
 * @param baseSequence of the first record, from 0, or {@link BatchLayout#NO_SEQUENCE} for a coordinator's own records, which
 *     are not numbered. Counts per partition, in the order of the records
 * @param transactional whether the records are visible to readers of committed data only after an end marker says so
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-98+-+Exactly+Once+Delivery+and+Transactional+Messaging">KIP-98</a>
 */
public record ProducerStamp(long producerId, short producerEpoch, int baseSequence, boolean transactional) {
    public ProducerStamp {
        if (producerId < 0 || producerEpoch < 0 || baseSequence < BatchLayout.NO_SEQUENCE) {
            throw new IllegalArgumentException("producer id " + producerId + ", epoch " + producerEpoch + ", sequence "
                    + baseSequence + ", expected 0 or more");
        }
    }

    /** The stamp of the batch behind one of {@code records} records. */
    public ProducerStamp next(int records) {
        return new ProducerStamp(producerId, producerEpoch, sequenceAfter(baseSequence, records), transactional);
    }

    /** The sequence so many records behind another; 0 follows the largest int. */
    public static int sequenceAfter(int sequence, int records) {
        return (sequence + records) & Integer.MAX_VALUE;
    }
}
