package io.tailrace.log.api;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Options of a producer.
 *
 * @param linger how long a record may wait for company before its batch is appended; zero: a
 *     {@link Producer#send} has appended it when it returns, unless other threads are just adding to the same batch, and a
 *     {@link Producer#post} leaves it to the sender's thread
 * @param batchBytes a batch is appended when it has grown to this size, counted before it is compressed; from 1024
 * @param maxRecordBytes largest serialized record (key, value and headers) that is accepted,
 *     counted before it is compressed
 * @param compression of batches; one that compression would not make smaller is written as it is
 * @param transactionalId when present, the producer writes in transactions only; two producers with the same one fence each other
 * @param transactionTimeout how long a transaction may be open before the log aborts it; at least 1 ms; {@link #NO_TIMEOUT}
 *     waits for its producer however long it takes
 * @param idempotent whether batches carry a producer id and their records numbers, by which the log knows a batch that comes
 *     twice; takes 14 bytes of each batch header that would be unused otherwise
 * @param bufferBytes most bytes that may be sent and not acknowledged yet; who sends more waits. At least {@code batchBytes}
 * @param maxBlock how long a send may wait for room; then it fails with a {@link io.tailrace.common.errors.TimeoutException}
 * @param refusalsAbort whether a record that is refused at once (too large, no such topic or partition) makes the open
 *     transaction fail, as in Kafka; if not, the transaction is as if it had never been sent
 */
public record ProducerConfig(
        Duration linger,
        int batchBytes,
        int maxRecordBytes,
        Compression compression,
        boolean idempotent,
        Optional<String> transactionalId,
        Duration transactionTimeout,
        long bufferBytes,
        Duration maxBlock,
        boolean refusalsAbort) {

    /** As transaction timeout: the largest that can be stored, taken for none. */
    public static final Duration NO_TIMEOUT = Duration.ofMillis(Integer.MAX_VALUE);

    /**
     * Linger 5 ms (as Kafka since 4.0), batches of 64 KiB, records up to 1 MiB, no compression, idempotent; transactions, if any,
     * time out after a minute; 32 MiB not acknowledged, and a minute of waiting, as in Kafka.
     */
    public static final ProducerConfig DEFAULT = new ProducerConfig(
            Duration.ofMillis(5),
            64 * 1024,
            1024 * 1024,
            Compression.NONE,
            true,
            Optional.empty(),
            Duration.ofMinutes(1),
            32 * 1024 * 1024,
            Duration.ofMinutes(1),
            true);

    private static final int MIN_BATCH_BYTES = 1024;

    public ProducerConfig {
        if (linger.isNegative()) {
            throw new IllegalArgumentException("linger " + linger + ", expected zero or more");
        }
        if (batchBytes < MIN_BATCH_BYTES) {
            throw new IllegalArgumentException(
                    "batchBytes " + batchBytes + ", expected " + MIN_BATCH_BYTES + " or more");
        }
        if (transactionalId.isPresent() && transactionalId.get().isBlank()) {
            throw new IllegalArgumentException("transactionalId is blank, expected a name or none");
        }
        if (transactionalId.isPresent() && !idempotent) {
            throw new IllegalArgumentException("transactionalId " + transactionalId.get()
                    + " without idempotence, expected both; transactions need the numbers of records");
        }
        if (transactionTimeout.compareTo(Duration.ofMillis(1)) < 0 || transactionTimeout.compareTo(NO_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "transactionTimeout " + transactionTimeout + ", expected 1 ms or more, up to " + NO_TIMEOUT);
        }
        if (maxRecordBytes < 1) {
            throw new IllegalArgumentException("maxRecordBytes " + maxRecordBytes + ", expected 1 or more");
        }
        if (bufferBytes < batchBytes) {
            throw new IllegalArgumentException(
                    "bufferBytes " + bufferBytes + ", expected at least batchBytes = " + batchBytes);
        }
        if (maxBlock.isNegative()) {
            throw new IllegalArgumentException("maxBlock " + maxBlock + ", expected zero or more");
        }
    }

    public ProducerConfig withLinger(Duration newLinger) {
        return with(draft -> draft.linger = newLinger);
    }

    public ProducerConfig withBatchBytes(int newBatchBytes) {
        return with(draft -> draft.batchBytes = newBatchBytes);
    }

    public ProducerConfig withMaxRecordBytes(int newMaxRecordBytes) {
        return with(draft -> draft.maxRecordBytes = newMaxRecordBytes);
    }

    public ProducerConfig withCompression(Compression newCompression) {
        return with(draft -> draft.compression = newCompression);
    }

    public ProducerConfig withIdempotence(boolean newIdempotent) {
        return with(draft -> draft.idempotent = newIdempotent);
    }

    /** Writes in transactions, see {@link Producer}. */
    public ProducerConfig withTransactionalId(String newTransactionalId) {
        return with(draft -> draft.transactionalId = Optional.of(newTransactionalId));
    }

    public ProducerConfig withTransactionTimeout(Duration newTransactionTimeout) {
        return with(draft -> draft.transactionTimeout = newTransactionTimeout);
    }

    public ProducerConfig withBufferBytes(long newBufferBytes) {
        return with(draft -> draft.bufferBytes = newBufferBytes);
    }

    public ProducerConfig withMaxBlock(Duration newMaxBlock) {
        return with(draft -> draft.maxBlock = newMaxBlock);
    }

    public ProducerConfig withRefusalsAbort(boolean newRefusalsAbort) {
        return with(draft -> draft.refusalsAbort = newRefusalsAbort);
    }

    private ProducerConfig with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.finish();
    }

    /** The options while one of them is changed. */
    private static final class Draft {
        private Duration linger;
        private int batchBytes;
        private int maxRecordBytes;
        private Compression compression;
        private boolean idempotent;
        private Optional<String> transactionalId;
        private Duration transactionTimeout;
        private long bufferBytes;
        private Duration maxBlock;
        private boolean refusalsAbort;

        Draft(ProducerConfig from) {
            linger = from.linger;
            batchBytes = from.batchBytes;
            maxRecordBytes = from.maxRecordBytes;
            compression = from.compression;
            idempotent = from.idempotent;
            transactionalId = from.transactionalId;
            transactionTimeout = from.transactionTimeout;
            bufferBytes = from.bufferBytes;
            maxBlock = from.maxBlock;
            refusalsAbort = from.refusalsAbort;
        }

        ProducerConfig finish() {
            return new ProducerConfig(
                    linger,
                    batchBytes,
                    maxRecordBytes,
                    compression,
                    idempotent,
                    transactionalId,
                    transactionTimeout,
                    bufferBytes,
                    maxBlock,
                    refusalsAbort);
        }
    }
}
