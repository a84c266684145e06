package io.tailrace.errors.handler;

import io.tailrace.common.Configurable;
import io.tailrace.common.ProducerRecord;
import io.tailrace.processor.api.Record;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a record whose processing failed in user code: a processor, a punctuator, or what chooses topic or
 * partition of a sink (KIP-1033). One instance per thread of the application.
 *
 * <p>It is asked about the innermost node that failed. Work that the nodes before it have done for the record stays done.
 */
public interface ProcessingExceptionHandler extends Configurable {
    /**
     * @param record as it came to the node that failed; null in a punctuator
     * @param exception what the node threw
     */
    Response handleError(ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception exception);

    /** What to do with the record. */
    enum Result {
        /** Drop it at the node that failed and go on. */
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
    }
}
