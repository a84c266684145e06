package io.tailrace.samples.flights;

import io.tailrace.common.header.Header;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.samples.input.LineSource;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Turns a rejection back into the line as it came, with the reason in a header. */
final class RejectionReason extends ContextualProcessor<String, Rejection, String, byte[]> {
    private static final String HEADER = "tailrace.rejected.reason";

    @Override
    public void process(Record<String, Rejection> record) {
        Rejection rejection = Objects.requireNonNull(record.value(), "the parser returns no null");
        byte[] line = rejection.line();
        long length = LineSource.lengthOf(line, record.headers());
        String reason = length > line.length ? FlightParser.tooLong(length) : rejection.reason();
        Headers headers = new RecordHeaders(record.headers()).add(HEADER, reason.getBytes(StandardCharsets.UTF_8));
        context().forward(record.withValue(line).withHeaders(headers));
    }

    /** The reason that the headers of a rejected line give; "" when there is none. */
    static String of(Headers headers) {
        Header reason = headers.lastHeader(HEADER);
        byte[] text = reason == null ? null : reason.value();
        return text == null ? "" : new String(text, StandardCharsets.UTF_8);
    }
}
