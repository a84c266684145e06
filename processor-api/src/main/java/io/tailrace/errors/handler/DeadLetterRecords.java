package io.tailrace.errors.handler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.config.ConfigException;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the dead letter of a failed input record (KIP-1034): its raw key, value, timestamp and headers, and six more
 * headers, each a UTF-8 text, that say where it came from and what happened.
 *
 * <pre>
 * __streams.errors.exception   class name
 * __streams.errors.message     null when the exception has none
 * __streams.errors.stacktrace
 * __streams.errors.topic       null when there is no input record, as in a punctuator
 * __streams.errors.partition   decimal
 * __streams.errors.offset      decimal
 * </pre>
 */
final class DeadLetterRecords {
    static final String TOPIC_CONFIG = "errors.dead.letter.queue.topic.name";

    private static final DeadLetterRecords NONE = new DeadLetterRecords(null);

    private final @Nullable String topic;

    private DeadLetterRecords(@Nullable String topic) {
        this.topic = topic;
    }

    /** Makes no dead letters, as long as no topic is configured. */
    static DeadLetterRecords none() {
        return NONE;
    }

    /** @throws ConfigException when the topic's name is not a non-empty text */
    static DeadLetterRecords fromConfig(Map<String, ?> configs) {
        Object topic = configs.get(TOPIC_CONFIG);
        if (topic == null) {
            return NONE;
        }
        if (!(topic instanceof String name) || name.isBlank()) {
            throw new ConfigException(TOPIC_CONFIG, topic, "expected the name of a topic");
        }
        return new DeadLetterRecords(name);
    }

    /** One record for the configured topic, or none. */
    List<ProducerRecord<byte[], byte[]>> of(ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (topic == null) {
            return List.of();
        }
        Headers headers = headers(record.headers(), record.topic(), record.partition(), record.offset(), exception);
        return List.of(letter(topic, record.timestamp(), record.key(), record.value(), headers));
    }

    /** As above, of the input record that the context tells of; without key and value when there is none. */
    List<ProducerRecord<byte[], byte[]>> of(ErrorHandlerContext context, Exception exception) {
        return of(context, null, null, exception);
    }

    /** As above, with another key and value when there is no input record. */
    List<ProducerRecord<byte[], byte[]>> of(
            ErrorHandlerContext context, byte @Nullable [] key, byte @Nullable [] value, Exception exception) {
        if (topic == null) {
            return List.of();
        }
        Headers headers = headers(context.headers(), context.topic(), context.partition(), context.offset(), exception);
        boolean hasInput = context.topic() != null;
        return List.of(letter(
                topic,
                context.timestamp(),
                hasInput ? context.sourceRawKey() : key,
                hasInput ? context.sourceRawValue() : value,
                headers));
    }

    private static Headers headers(
            Headers source, @Nullable String topic, int partition, long offset, Exception exception) {
        Headers headers = new RecordHeaders(source);
        headers.add("__streams.errors.exception", utf8(exception.getClass().getName()));
        headers.add("__streams.errors.message", utf8(exception.getMessage()));
        headers.add("__streams.errors.stacktrace", utf8(stackTrace(exception)));
        headers.add("__streams.errors.topic", utf8(topic));
        headers.add("__streams.errors.partition", utf8(Integer.toString(partition)));
        headers.add("__streams.errors.offset", utf8(Long.toString(offset)));
        return headers;
    }

    /** A timestamp that is absent in the source stays absent: the log then gives the time of the append. */
    private static ProducerRecord<byte[], byte[]> letter(
            String topic, long timestampMs, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return new ProducerRecord<>(topic, null, timestampMs < 0 ? null : timestampMs, key, value, headers);
    }

    private static String stackTrace(Exception exception) {
        StringWriter text = new StringWriter();
        exception.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
