package io.tailrace.errors.handler;

import io.tailrace.common.Configurable;
import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import java.util.List;

/**
 * Decides what becomes of an input record whose key or value cannot be deserialized (KIP-161, KIP-1034). One instance
 * per thread of the application.
 */
public interface DeserializationExceptionHandler extends Configurable {
    /**
     * @param record as it was read
     * @param exception what the deserializer threw
     */
    Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception);

    /** What to do with the record. */
    enum Result {
        /** Drop it and go on with the next one. */
        RESUME(0, "RESUME"),
        /** Stop: the exception goes to the {@link StreamsUncaughtExceptionHandler}. */
        FAIL(1, "FAIL");

        public final int id;
        public final String name;

        Result(int id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    /** A result, and records to be written to dead letter topics with the next commit. Immutable. */
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
    }
}
