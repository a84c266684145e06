package io.tailrace.runtime.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.common.header.Header;
import io.tailrace.errors.StreamsException;
import io.tailrace.errors.handler.ErrorHandlerContext;
import io.tailrace.errors.handler.LogAndContinueExceptionHandler;
import io.tailrace.errors.handler.LogAndContinueProcessingExceptionHandler;
import io.tailrace.errors.handler.LogAndFailProcessingExceptionHandler;
import io.tailrace.errors.handler.ProcessingExceptionHandler;
import io.tailrace.errors.handler.ProductionExceptionHandler;
import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueStore;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the three exception handlers decide, and where dead letters go. */
class HandlersTest {
    private static final String DEAD = "dead";

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private Rig rig() {
        return new Rig(dir)
                .topic("in", 1)
                .topic("out", 1)
                .topic(DEAD, 1)
                .with("errors.dead.letter.queue.topic.name", DEAD);
    }

    private static final Topology FORWARDING = Nodes.pipe(Nodes.forwarding());

    @Test
    void shouldDropARecordThatFailsAndKeepItAsDeadLetter() {
        try (Rig rig = rig().with("processing.exception.handler", LogAndContinueProcessingExceptionHandler.class)) {
            rig.open(FORWARDING);
            rig.send("in", "k", "fail", 5);
            rig.send("in", "k", "good", 6);
            rig.run().commit();
            assertThat(rig.values("out")).containsExactly("good");
            assertThat(rig.committed("in")).containsExactly(2L);
            ConsumerRecord<String, String> letter = rig.read(DEAD).get(0);
            assertThat(letter.key()).isEqualTo("k");
            assertThat(letter.value()).isEqualTo("fail");
            assertThat(letter.timestamp()).isEqualTo(5);
            assertThat(header(letter, "__streams.errors.exception")).isEqualTo("java.lang.IllegalStateException");
            assertThat(header(letter, "__streams.errors.message")).isEqualTo("told to fail");
            assertThat(header(letter, "__streams.errors.topic")).isEqualTo("in");
            assertThat(header(letter, "__streams.errors.offset")).isEqualTo("0");
            assertThat(rig.workers.get(0).tasks().get(0).droppedRecords()).isEqualTo(1);
        }
    }

    @Test
    void shouldStopAtARecordThatFailsAndStillWriteTheDeadLetter() {
        try (Rig rig = rig().with("processing.exception.handler", LogAndFailProcessingExceptionHandler.class)) {
            rig.open(FORWARDING);
            rig.send("in", "k", "fail", 5);
            assertThatThrownBy(rig::run)
                    .isInstanceOf(StreamsException.class)
                    .hasMessage("task 0_0, processor node, in-0@0: java.lang.IllegalStateException: told to fail");
            rig.crash();
            assertThat(rig.values(DEAD)).containsExactly("fail");
            assertThat(rig.committed("in")).containsExactly(-1L);
        }
    }

    /** Writes down what it is asked, and answers what it was made with. */
    private static final class Asked implements ProcessingExceptionHandler {
        private final List<String> questions = new ArrayList<>();
        private final ProcessingExceptionHandler.Response answer;

        Asked(ProcessingExceptionHandler.Response answer) {
            this.answer = answer;
        }

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public ProcessingExceptionHandler.Response handleError(
                ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception exception) {
            byte[] raw = context.sourceRawValue();
            questions.add(context.processorNodeId() + " " + context.taskId() + " " + context.topic() + "-"
                    + context.partition() + "@" + context.offset() + " " + context.timestamp() + " "
                    + (raw == null ? null : new String(raw, UTF_8)) + " "
                    + (record == null ? null : record.value()) + " " + exception.getMessage());
            return answer;
        }
    }

    private static Topology failingInside() {
        return new Topology()
                .addSource("source", "in")
                .addProcessor(
                        "outer",
                        Nodes.each((context, record) -> {
                            context.forward(record.withValue("made"));
                            context.forward(record.withValue("after"));
                        }),
                        "source")
                .addProcessor(
                        "inner",
                        Nodes.each((context, record) -> {
                            if ("made".equals(record.value())) {
                                throw new IllegalStateException("no");
                            }
                            context.forward(record);
                        }),
                        "outer")
                .addSink("sink", "out", "inner");
    }

    @Test
    void shouldAskAboutTheInnermostNodeOnlyAndGoOnBehindIt() {
        Asked handler = new Asked(ProcessingExceptionHandler.Response.resume());
        try (Rig rig = rig().with("processing.exception.handler", handler)) {
            rig.open(failingInside());
            rig.send("in", "k", "raw", 7);
            rig.run().commit();
            assertThat(handler.questions).containsExactly("inner 0_0 in-0@0 7 raw made no");
            assertThat(rig.values("out")).containsExactly("after");
        }
    }

    @Test
    void shouldAskOnceWhenTheAnswerIsToFail() {
        Asked handler = new Asked(ProcessingExceptionHandler.Response.fail());
        try (Rig rig = rig().with("processing.exception.handler", handler)) {
            rig.open(failingInside());
            rig.send("in", "k", "raw", 7);
            assertThatThrownBy(rig::run).hasMessageStartingWith("task 0_0, processor inner, in-0@0:");
            assertThat(handler.questions).hasSize(1);
        }
    }

    @Test
    void shouldNotCommitAFailureThatAProcessorHasHidden() {
        Asked handler = new Asked(ProcessingExceptionHandler.Response.fail());
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor(
                        "outer",
                        Nodes.each((context, record) -> {
                            try {
                                context.forward(record);
                            } catch (RuntimeException e) {
                                context.commit();
                            }
                        }),
                        "source")
                .addProcessor("inner", Nodes.forwarding(), "outer")
                .addSink("sink", "out", "inner");
        try (Rig rig = rig().with("processing.exception.handler", handler)) {
            rig.open(topology);
            rig.send("in", "k", "fail", 7);
            assertThatThrownBy(rig::run).hasMessageStartingWith("task 0_0, processor inner, in-0@0:");
            assertThat(rig.committed("in")).containsExactly(-1L);
        }
    }

    @Test
    void shouldAskAboutAPunctuator() {
        Asked handler = new Asked(ProcessingExceptionHandler.Response.resume(
                List.of(new ProducerRecord<>(DEAD, "letter".getBytes(UTF_8)))));
        Topology topology = Nodes.pipe(Nodes.with(
                context -> context.schedule(Duration.ofMillis(10), PunctuationType.STREAM_TIME, now -> {
                    throw new IllegalStateException("tick " + now);
                }),
                (context, record) -> context.forward(record)));
        try (Rig rig = rig().with("processing.exception.handler", handler)) {
            rig.open(topology);
            rig.send("in", "k", "a", 100);
            rig.send("in", "k", "b", 101);
            rig.send("in", "k", "c", 110);
            rig.run().commit();
            assertThat(handler.questions)
                    .containsExactly(
                            "node 0_0 null--1@-1 100 null null tick 100", "node 0_0 null--1@-1 110 null null tick 110");
            assertThat(rig.values(DEAD)).containsExactly("letter", "letter");
            assertThat(rig.values("out")).containsExactly("a", "b", "c");
        }
    }

    @Test
    void shouldFailWhenTheHandlerFails() {
        ProcessingExceptionHandler handler = new ProcessingExceptionHandler() {
            @Override
            public void configure(Map<String, ?> configs) {}

            @Override
            public ProcessingExceptionHandler.Response handleError(
                    ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception e) {
                throw new IllegalArgumentException("at a loss");
            }
        };
        try (Rig rig = rig().with("processing.exception.handler", handler)) {
            rig.open(FORWARDING);
            rig.send("in", "k", "fail", 5);
            assertThatThrownBy(rig::run)
                    .hasMessageStartingWith("task 0_0, processor node, in-0@0: exception handler ")
                    .hasMessageContaining("at a loss");
        }
    }

    @Test
    void shouldNotAskWhenTypesDoNotFit() {
        Asked handler = new Asked(ProcessingExceptionHandler.Response.resume());
        Topology topology = new Topology()
                .addSource(
                        "source", Serdes.String().deserializer(), Serdes.Long().deserializer(), "in")
                .addProcessor(
                        "node",
                        Nodes.each((context, record) -> context.forward(record.withValue(record.value() + "!"))),
                        "source")
                .addSink("sink", "out", "node");
        try (Rig rig = rig().with("processing.exception.handler", handler)) {
            rig.open(topology);
            rig.send("in", "k", "8 bytes!", 5);
            assertThatThrownBy(rig::run)
                    .hasMessageContaining("ClassCastException")
                    .hasMessageContaining("serde");
            assertThat(handler.questions).isEmpty();
        }
    }

    @Test
    void shouldAskAboutWhatChoosesTopicAndPartition() {
        Asked handler = new Asked(ProcessingExceptionHandler.Response.resume());
        Topology topology = new Topology()
                .addSource("source", "in")
                .<String, String>addSink(
                        "sink",
                        (key, value, context) -> {
                            throw new IllegalStateException("which");
                        },
                        "source")
                .<String, String>addSink(
                        "second", "out", (topic, key, value, count) -> Optional.of(Set.of(7)), "source");
        try (Rig rig = rig().with("processing.exception.handler", handler)) {
            rig.open(topology);
            rig.send("in", "k", "v", 5);
            rig.run();
            assertThat(handler.questions).hasSize(2);
            assertThat(handler.questions.get(0)).startsWith("sink ").endsWith("which");
            assertThat(handler.questions.get(1)).startsWith("second ").contains("expected 0..0");
        }
    }

    /** Answers one thing to all questions and writes them down. */
    private static final class Producing implements ProductionExceptionHandler {
        private final List<Object> questions = new ArrayList<>();
        private final ProductionExceptionHandler.Response answer;

        Producing(ProductionExceptionHandler.Response answer) {
            this.answer = answer;
        }

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public ProductionExceptionHandler.Response handleError(
                ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
            questions.add(exception.getClass());
            return answer;
        }

        @Override
        @SuppressWarnings("rawtypes") // the signature of the interface
        public ProductionExceptionHandler.Response handleSerializationError(
                ErrorHandlerContext context,
                ProducerRecord record,
                Exception exception,
                SerializationExceptionOrigin origin) {
            questions.add(context.processorNodeId() + " " + origin + " " + record.value());
            return answer;
        }
    }

    private static Topology growing() {
        return Nodes.pipe(Nodes.each((context, record) ->
                context.forward("large".equals(record.value()) ? record.withValue("x".repeat(2_000_000)) : record)));
    }

    @Test
    void shouldDropAnOutputThatIsTooLargeWhenTheHandlerSaysSo() {
        Producing handler = new Producing(ProductionExceptionHandler.Response.resume());
        try (Rig rig = rig().with("production.exception.handler", handler)) {
            rig.open(growing());
            rig.send("in", "k", "large", 5);
            rig.send("in", "k", "small", 5);
            rig.run().commit();
            assertThat(handler.questions).containsExactly(RecordTooLargeException.class);
            assertThat(rig.values("out")).containsExactly("small");
            assertThat(rig.committed("in")).containsExactly(2L);
        }
    }

    @Test
    void shouldStopAtAnOutputThatIsTooLargeAndKeepItsInputAsDeadLetter() {
        try (Rig rig = rig()) {
            rig.open(growing());
            rig.send("in", "k", "large", 5);
            assertThatThrownBy(rig::run)
                    .hasMessageStartingWith("task 0_0, sink sink, in-0@0: ")
                    .hasCauseInstanceOf(RecordTooLargeException.class);
            assertThat(rig.values(DEAD)).containsExactly("large");
        }
    }

    private static Topology toTopic(String name) {
        return new Topology().addSource("source", "in").<String, String>addSink("sink", (k, v, c) -> name, "source");
    }

    @Test
    void shouldTryAgainUntilTheAttemptsAreUsedUp() {
        Producing handler = new Producing(ProductionExceptionHandler.Response.retry());
        try (Rig rig = new Rig(dir, false).topic("in", 1).with("production.exception.handler", handler)) {
            rig.open(toTopic("none"));
            rig.send("in", "k", "v", 5);
            assertThatThrownBy(rig::run).hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
            assertThat(handler.questions).hasSize(100);
        }
    }

    @Test
    void shouldWriteWhatSucceedsAtAnotherAttempt() {
        try (Rig rig = new Rig(dir, false).topic("in", 1)) {
            ProductionExceptionHandler creating = new ProductionExceptionHandler() {
                @Override
                public void configure(Map<String, ?> configs) {}

                @Override
                public ProductionExceptionHandler.Response handleError(
                        ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
                    rig.topic(record.topic(), 1);
                    return ProductionExceptionHandler.Response.retry();
                }
            };
            rig.with("production.exception.handler", creating).open(toTopic("new"));
            rig.send("in", "k", "v", 5);
            rig.run().commit();
            assertThat(rig.values("new")).containsExactly("v");
        }
    }

    @Test
    void shouldDropAnOutputThatDoesNotSerializeWhenTheHandlerSaysSo() {
        Serializer<String> picky = (topic, value) -> {
            if ("bad".equals(value)) {
                throw new IllegalArgumentException("bad");
            }
            return Objects.requireNonNull(value).getBytes(UTF_8);
        };
        Topology topology = new Topology()
                .addSource("source", "in")
                .addSink("values", "out", Serdes.String().serializer(), picky, "source")
                .addSink("keys", "keys", picky, Serdes.String().serializer(), "source");
        Producing handler = new Producing(ProductionExceptionHandler.Response.resume());
        try (Rig rig = rig().topic("keys", 1).with("production.exception.handler", handler)) {
            rig.open(topology);
            rig.send("in", "k", "bad", 5);
            rig.send("in", "bad", "v", 6);
            rig.run().commit();
            assertThat(handler.questions).containsExactly("values VALUE bad", "keys KEY v");
            assertThat(rig.values("out")).containsExactly("v");
            assertThat(rig.values("keys")).containsExactly("bad");
        }
    }

    private static Topology globalTable(Set<String> applied) {
        return new Topology()
                .addSource("source", "in")
                .addSink("sink", "out", "source")
                .addGlobalStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore("table"), Serdes.String(), Serdes.Long())
                                .withLoggingDisabled(),
                        "table-source",
                        Serdes.String().deserializer(),
                        Serdes.Long().deserializer(),
                        "rows",
                        "table-processor",
                        () -> new Processor<String, Long, Void, Void>() {
                            @Override
                            public void process(Record<String, Long> record) {
                                if ("fail".equals(record.key())) {
                                    throw new IllegalStateException("no such row");
                                }
                                applied.add(String.valueOf(record.key()));
                            }
                        });
    }

    @Test
    void shouldWriteDeadLettersOfAGlobalTableThatDoNotDeserialize() {
        Set<String> applied = new java.util.TreeSet<>();
        try (Rig rig = rig().topic("rows", 2)
                .with("deserialization.exception.handler", LogAndContinueExceptionHandler.class)) {
            rig.send("rows", 0, "a", "8 bytes!", 1);
            rig.send("rows", 1, "b", "not a long", 2);
            rig.open(globalTable(applied));
            rig.run().commit();
            assertThat(applied).containsExactly("a");
            assertThat(rig.values(DEAD)).containsExactly("not a long");
        }
    }

    @Test
    void shouldAskAboutGlobalProcessorsOnlyWhenConfigured() {
        Set<String> applied = new java.util.TreeSet<>();
        try (Rig rig = rig().topic("rows", 1)
                .with("processing.exception.handler", LogAndContinueProcessingExceptionHandler.class)) {
            rig.send("rows", "fail", "8 bytes!", 1);
            rig.send("rows", "b", "8 bytes!", 2);
            assertThatThrownBy(() -> rig.open(globalTable(applied)))
                    .hasMessageContaining("processor table-processor, rows-0@0")
                    .hasMessageContaining("no such row");
            rig.crash();

            rig.with("processing.exception.handler.global.enabled", true);
            rig.open(globalTable(applied));
            rig.run().commit();
            assertThat(applied).containsExactly("b");
            assertThat(rig.values(DEAD)).hasSize(1);
        }
    }

    @Test
    void shouldNameTheStoreWhoseChangelogRefusesARecord() {
        Asked handler = new Asked(ProcessingExceptionHandler.Response.resume());
        Topology topology = Nodes.pipe(Nodes.each((context, record) -> {
                    KeyValueStore<String, String> store = context.getStateStore("big");
                    store.put("k", "x".repeat(2_000_000));
                }))
                .addStateStore(Nodes.inMemory("big"), "node");
        try (Rig rig = rig().with("processing.exception.handler", handler)) {
            rig.open(topology);
            rig.send("in", "k", "v", 5);
            assertThatThrownBy(() -> rig.run().commit())
                    .hasMessageContaining("store big")
                    .hasCauseInstanceOf(RecordTooLargeException.class);
            assertThat(handler.questions).isEmpty();
        }
    }

    private static @Nullable String header(ConsumerRecord<String, String> record, String key) {
        Header header = record.headers().lastHeader(key);
        byte[] value = header == null ? null : header.value();
        return value == null ? null : new String(value, UTF_8);
    }
}
