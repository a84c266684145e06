package io.tailrace.errors.handler;

import io.tailrace.common.Configurable;
import io.tailrace.common.ProducerRecord;
import java.util.List;

/**
 * Decides what becomes of an output record that does not serialize or that the log refuses: its topic does not exist, it is too
 * large, there was no room for it in time (KIP-210, KIP-399, KIP-1065). One instance per thread of the application.
 *
 * <p>A failure of the log itself, as of its disk, concerns every record: it is not asked about and stops the thread. The same
 * holds for the records of changelogs, which a store cannot do without.
 */
public interface ProductionExceptionHandler extends Configurable {
    /**
     * @param record as it was to be written
     * @param exception the reason why it was not
     */
    Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception);

    /**
     * By default the answer is to fail.
     *
     * @param record with the key and value that were to be serialized
     * @param origin which of the two does not serialize
     * @return {@link Result#RETRY} counts as {@link Result#FAIL}: a second attempt would fail, too
     */
    @SuppressWarnings("rawtypes") // the signature that handlers written for Kafka Streams have
    default Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        return Response.fail();
    }

    /** What to do with the record. */
    enum Result {
        /** Drop it and go on. */
        RESUME(0, "RESUME"),
        /** Stop: the exception goes to the {@link StreamsUncaughtExceptionHandler}. */
        FAIL(1, "FAIL"),
        /**
         * Write it again, and ask again if that fails; after 100 attempts it counts as {@link #FAIL}. Only where waiting may help,
         * for a topic that does not exist or a lack of room; else it counts as {@link #FAIL}, too.
         */
        RETRY(2, "RETRY");

        public final int id;
        public final String name;

        Result(int id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    /** Where a record does not serialize. */
    enum SerializationExceptionOrigin {
        KEY,
        VALUE
    }

    /**
     * A result, and records to be written to dead letter topics: with the next commit, or at once when the result is to fail.
     * Immutable.
     */
    final class Response extends HandlerResponse<Result> {
        private Response(Result result, List<ProducerRecord<byte[], byte[]>> deadLetterQueueRecords) {
            super(result, deadLetterQueueRecords);
        }

        public static Response fail() {
            return fail(List.of());
        }

        public static Response fail(List<ProducerRecord<byte[], byte[]>> deadLetterQueueRecords) {
            return new Response(Result.FAIL, deadLetterQueueRecords);
        }

        public static Response resume() {
            return resume(List.of());
        }

        public static Response resume(List<ProducerRecord<byte[], byte[]>> deadLetterQueueRecords) {
            return new Response(Result.RESUME, deadLetterQueueRecords);
        }

        public static Response retry() {
            return new Response(Result.RETRY, List.of());
        }
    }
}
