package io.tailrace.systemtests.parity;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A program in which much fails, each kind of failure by its value, and what is configured to become of that. */
final class KafkaFailures {
    private static final String DEAD_LETTERS = "errors.dead.letter.queue.topic.name";

    private KafkaFailures() {}

    /** With the handlers that are there already. */
    static Map<String, Object> dropped() {
        return configs(
                LogAndContinueExceptionHandler.class, LogAndContinueProcessingExceptionHandler.class, Dropping.class);
    }

    /** With handlers that write down what they are told. */
    static Map<String, Object> told() {
        return configs(Telling.class, Telling.class, Telling.class);
    }

    /** The first one ends the run. */
    static Map<String, Object> fatal() {
        Map<String, Object> configs = configs(
                LogAndFailExceptionHandler.class,
                LogAndFailProcessingExceptionHandler.class,
                DefaultProductionExceptionHandler.class);
        configs.put("statestore.cache.max.bytes", "0"); // Kafka's driver does not close after a failure if there is one
        return configs;
    }

    private static Map<String, Object> configs(Class<?> deserialization, Class<?> processing, Class<?> production) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("deserialization.exception.handler", deserialization);
        configs.put("processing.exception.handler", processing);
        configs.put("production.exception.handler", production);
        configs.put(DEAD_LETTERS, "letters");
        configs.put("processing.guarantee", "at_least_once"); // what was put out before a failure is seen
        return configs;
    }

    /**
     * Each kind of failure has a branch of its own: Kafka Streams forgets the raw input record when it has come to a sink, and what fails
     * behind that has none.
     */
    static void program(StreamsBuilder builder) {
        builder.stream("in", Consumed.with(Serdes.String(), unreadable("x")))
                .split()
                .branch((key, value) -> value == null, Branched.withConsumer(none -> none.process(Ticking::new)
                        .to("ticks")))
                .branch(
                        (key, value) -> "1".equals(value) && !"c".equals(key),
                        Branched.withConsumer(keys -> keys.to("keys", Produced.with(unwritable("b"), Serdes.String()))))
                .branch((key, value) -> "1".equals(value), Branched.withConsumer(KafkaFailures::reduce))
                .defaultBranch(Branched.withConsumer(rest -> rest.mapValues((key, value) -> {
                            if ("22".equals(value) && !"b".equals(key)) {
                                throw new IllegalStateException(key + "22 cannot be processed");
                            }
                            return value;
                        })
                        .to("out", Produced.with(Serdes.String(), unwritable("xy")))));
    }

    private static void reduce(KStream<String, String> stream) {
        stream.groupByKey(Grouped.with(Serdes.String(), Serdes.String()))
                .reduce(
                        (left, right) -> {
                            if (left.length() > 1) {
                                throw new IllegalArgumentException("too long");
                            }
                            return left + right;
                        },
                        Materialized.<String, String, KeyValueStore<Bytes, byte[]>>with(
                                        Serdes.String(), Serdes.String())
                                .withStoreType(BuiltInDslStoreSuppliers.IN_MEMORY))
                .toStream()
                .to("reduced");
    }

    private static Serde<String> unreadable(String value) {
        return Serdes.serdeFrom(new StringSerializer(), (topic, data) -> {
            String text = data == null ? null : new String(data, StandardCharsets.UTF_8);
            if (value.equals(text)) {
                throw new IllegalArgumentException(value + " cannot be read");
            }
            return text;
        });
    }

    private static Serde<String> unwritable(String value) {
        return Serdes.serdeFrom(
                (topic, text) -> {
                    if (value.equals(text)) {
                        throw new IllegalArgumentException(value + " cannot be written");
                    }
                    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
                },
                Serdes.String().deserializer());
    }

    /** Fails at times, and when it has forwarded something from a punctuator. */
    private static final class Ticking extends ContextualProcessor<String, String, String, String> {
        @Override
        public void init(ProcessorContext<String, String> context) {
            super.init(context);
            context.schedule(Duration.ofSeconds(5), PunctuationType.WALL_CLOCK_TIME, this::tick);
            context.schedule(Duration.ofSeconds(20), PunctuationType.STREAM_TIME, this::tick);
        }

        private void tick(long nowMs) {
            context().forward(new Record<>("tick", "before", nowMs));
            throw new IllegalStateException("it is " + nowMs);
        }

        @Override
        public void process(Record<String, String> record) {
            if ("a".equals(record.key())) {
                throw new UnsupportedOperationException();
            }
            context().forward(record);
        }
    }

    /** Drops what cannot be produced. */
    public static final class Dropping implements ProductionExceptionHandler {
        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public Response handleError(
                ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
            return Response.resume();
        }

        @Override
        @SuppressWarnings("rawtypes")
        public Response handleSerializationError(
                ErrorHandlerContext context,
                ProducerRecord record,
                Exception exception,
                SerializationExceptionOrigin origin) {
            return Response.resume();
        }
    }

    /** Drops everything, and makes letters that have what it was told. */
    public static final class Telling
            implements DeserializationExceptionHandler, ProcessingExceptionHandler, ProductionExceptionHandler {
        private String configured = "";

        @Override
        public void configure(Map<String, ?> configs) {
            configured = String.valueOf(configs.get(DEAD_LETTERS));
        }

        @Override
        public DeserializationExceptionHandler.Response handleError(
                ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
            String read = record.topic() + record.partition() + "@" + record.offset() + " " + text(record.key()) + "="
                    + text(record.value());
            return DeserializationExceptionHandler.Response.resume(letters("read " + read, context, exception));
        }

        @Override
        public ProcessingExceptionHandler.Response handleError(
                ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
            String processed =
                    record == null ? "nothing" : record.key() + "=" + record.value() + "@" + record.timestamp();
            return ProcessingExceptionHandler.Response.resume(letters("processed " + processed, context, exception));
        }

        @Override
        public ProductionExceptionHandler.Response handleError(
                ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
            return ProductionExceptionHandler.Response.resume(
                    letters("produced " + record.topic(), context, exception));
        }

        @Override
        @SuppressWarnings("rawtypes")
        public ProductionExceptionHandler.Response handleSerializationError(
                ErrorHandlerContext context,
                ProducerRecord record,
                Exception exception,
                SerializationExceptionOrigin origin) {
            String written = origin + " of " + record.topic() + " " + record.key() + "=" + record.value() + "@"
                    + record.timestamp();
            return ProductionExceptionHandler.Response.resume(letters("wrote " + written, context, exception));
        }

        private List<ProducerRecord<byte[], byte[]>> letters(
                String what, ErrorHandlerContext context, Exception exception) {
            String where = context.topic() + context.partition() + "@" + context.offset() + " at "
                    + context.processorNodeId() + " of " + context.taskId() + ", time " + context.timestamp() + ", raw "
                    + text(context.sourceRawKey()) + "=" + text(context.sourceRawValue());
            StringBuilder headers = new StringBuilder();
            for (Header header : context.headers()) {
                headers.append(header.key()).append('=').append(text(header.value()));
            }
            String why = exception.getClass().getSimpleName() + ": " + exception.getMessage();
            return List.of(
                    new ProducerRecord<>("told", null, 7L, bytes(what), bytes(where + ", " + why)),
                    new ProducerRecord<>(configured, null, 8L, bytes("headers"), bytes(headers.toString())));
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private static String text(byte @Nullable [] bytes) {
            return bytes == null ? "null" : Arrays.toString(bytes);
        }
    }
}
