package io.tailrace.errors.handler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TimestampType;
import io.tailrace.common.config.ConfigException;
import io.tailrace.common.header.Header;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.errors.handler.DeserializationExceptionHandler.Response;
import io.tailrace.errors.handler.DeserializationExceptionHandler.Result;
import io.tailrace.processor.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeserializationHandlersTest {
    private static final Map<String, Object> WITH_TOPIC = Map.of("errors.dead.letter.queue.topic.name", "dead");

    private final Exception failure = new IllegalArgumentException("not a number");
    private final ConsumerRecord<byte[], byte[]> record = record(99, "value".getBytes(UTF_8));

    static Stream<Supplier<DeserializationExceptionHandler>> handlers() {
        return Stream.of(LogAndContinueExceptionHandler::new, LogAndFailExceptionHandler::new);
    }

    @Test
    void shouldGoOnOrFailAsTheNameSays() {
        assertThat(new LogAndContinueExceptionHandler()
                        .handleError(new SourceContext(), record, failure)
                        .result())
                .isEqualTo(Result.RESUME);
        assertThat(new LogAndFailExceptionHandler()
                        .handleError(new SourceContext(), record, failure)
                        .result())
                .isEqualTo(Result.FAIL);
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void shouldWriteNoDeadLetterWithoutATopic(Supplier<DeserializationExceptionHandler> handler) {
        DeserializationExceptionHandler configured = handler.get();
        configured.configure(Map.of("application.id", "app"));
        assertThat(configured.handleError(new SourceContext(), record, failure).deadLetterQueueRecords())
                .isEmpty();
        assertThat(handler.get()
                        .handleError(new SourceContext(), record, failure)
                        .deadLetterQueueRecords())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void shouldWriteTheRawRecordToTheDeadLetterTopic(Supplier<DeserializationExceptionHandler> handler) {
        ProducerRecord<byte[], byte[]> letter = deadLetter(handler.get(), record);
        assertThat(letter.topic()).isEqualTo("dead");
        assertThat(letter.partition()).isNull();
        assertThat(letter.timestamp()).isEqualTo(99);
        assertThat(letter.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo("value".getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void shouldSayInHeadersWhereTheRecordCameFromAndWhatHappened(Supplier<DeserializationExceptionHandler> handler) {
        Headers headers = deadLetter(handler.get(), record).headers();
        assertThat(text(headers, "__streams.errors.exception")).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(text(headers, "__streams.errors.message")).isEqualTo("not a number");
        assertThat(text(headers, "__streams.errors.stacktrace"))
                .startsWith("java.lang.IllegalArgumentException: not a number")
                .contains("DeserializationHandlersTest");
        assertThat(text(headers, "__streams.errors.topic")).isEqualTo("in");
        assertThat(text(headers, "__streams.errors.partition")).isEqualTo("2");
        assertThat(text(headers, "__streams.errors.offset")).isEqualTo("7000000000");
    }

    @Test
    void shouldKeepTheHeadersOfTheRecordAndLeaveThemAlone() {
        List<String> keys = new ArrayList<>();
        deadLetter(new LogAndContinueExceptionHandler(), record).headers().forEach(header -> keys.add(header.key()));
        assertThat(keys).startsWith("trace").hasSize(7);
        assertThat(record.headers()).hasSize(1);
    }

    @Test
    void shouldWriteADeadLetterForARecordWithoutValueTimestampAndMessage() {
        ProducerRecord<byte[], byte[]> letter =
                deadLetter(new LogAndContinueExceptionHandler(), record(-1, null), new IllegalStateException());
        assertThat(letter.value()).isNull();
        assertThat(letter.timestamp()).isNull();
        assertThat(text(letter.headers(), "__streams.errors.message")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void shouldRefuseAnEmptyDeadLetterTopic(String topic) {
        assertThatThrownBy(() -> new LogAndFailExceptionHandler()
                        .configure(Map.of("errors.dead.letter.queue.topic.name", topic)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("errors.dead.letter.queue.topic.name");
    }

    @Test
    void shouldRefuseADeadLetterTopicThatIsNoText() {
        assertThatThrownBy(() -> new LogAndContinueExceptionHandler()
                        .configure(Map.of("errors.dead.letter.queue.topic.name", 7)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("7");
    }

    @Test
    void shouldNotChangeAResponseAfterItWasMade() {
        List<ProducerRecord<byte[], byte[]>> letters = new ArrayList<>();
        Response response = Response.resume(letters);
        letters.add(new ProducerRecord<>("dead", new byte[0]));
        assertThat(response.deadLetterQueueRecords()).isEmpty();
        assertThat(Response.fail().result()).isEqualTo(Result.FAIL);
        assertThat(Response.fail(letters).deadLetterQueueRecords()).hasSize(1);
    }

    private ProducerRecord<byte[], byte[]> deadLetter(
            DeserializationExceptionHandler handler, ConsumerRecord<byte[], byte[]> record) {
        return deadLetter(handler, record, failure);
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(
            DeserializationExceptionHandler handler, ConsumerRecord<byte[], byte[]> record, Exception failure) {
        handler.configure(WITH_TOPIC);
        List<ProducerRecord<byte[], byte[]>> letters =
                handler.handleError(new SourceContext(), record, failure).deadLetterQueueRecords();
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private static @Nullable String text(Headers headers, String key) {
        Header header = headers.lastHeader(key);
        assertThat(header).as(key).isNotNull();
        byte[] value = header == null ? null : header.value();
        return value == null ? null : new String(value, UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> record(long timestampMs, byte @Nullable [] value) {
        return new ConsumerRecord<>(
                "in",
                2,
                7_000_000_000L,
                timestampMs,
                TimestampType.CREATE_TIME,
                3,
                value == null ? -1 : value.length,
                "key".getBytes(UTF_8),
                value,
                new RecordHeaders().add("trace", new byte[] {1}));
    }

    private static final class SourceContext implements ErrorHandlerContext {
        @Override
        public String topic() {
            return "in";
        }

        @Override
        public int partition() {
            return 2;
        }

        @Override
        public long offset() {
            return 7_000_000_000L;
        }

        @Override
        public Headers headers() {
            return new RecordHeaders();
        }

        @Override
        public String processorNodeId() {
            return "source";
        }

        @Override
        public TaskId taskId() {
            return new TaskId(0, 2);
        }

        @Override
        public long timestamp() {
            return 99;
        }

        @Override
        public byte @Nullable [] sourceRawKey() {
            return null;
        }

        @Override
        public byte @Nullable [] sourceRawValue() {
            return null;
        }
    }
}
