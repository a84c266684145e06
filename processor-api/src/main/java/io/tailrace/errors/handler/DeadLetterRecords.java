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
 * __streams.errors.topic
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
        Headers headers = new RecordHeaders(record.headers());
        headers.add("__streams.errors.exception", utf8(exception.getClass().getName()));
        headers.add("__streams.errors.message", utf8(exception.getMessage()));
        headers.add("__streams.errors.stacktrace", utf8(stackTrace(exception)));
        headers.add("__streams.errors.topic", utf8(record.topic()));
        headers.add("__streams.errors.partition", utf8(Integer.toString(record.partition())));
        headers.add("__streams.errors.offset", utf8(Long.toString(record.offset())));
        // A timestamp that is absent in the source stays absent: the log then gives the time of the append.
        Long timestampMs = record.timestamp() < 0 ? null : record.timestamp();
        return List.of(new ProducerRecord<>(topic, null, timestampMs, record.key(), record.value(), headers));
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
