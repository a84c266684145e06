package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.errors.StreamsException;
import io.tailrace.errors.handler.LogAndContinueExceptionHandler;
import io.tailrace.processor.RecordContext;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.processor.time.WallclockTimestampExtractor;
import io.tailrace.serde.Serdes;
import io.tailrace.topology.RepartitionTopic;
import io.tailrace.topology.SinkSpec;
import io.tailrace.topology.SourceSpec;
import io.tailrace.topology.Topology;
import io.tailrace.topology.TopologyBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessingTest {
    @TempDir
    Path dir = Path.of("replaced by JUnit");

    @Test
    void shouldProcessTheEarliestRecordOfSeveralInputsFirst() {
        try (Rig rig = new Rig(dir).topic("left", 1).topic("right", 1)) {
            rig.send("left", "k", "l10", 10);
            rig.send("left", "k", "l30", 30);
            rig.send("right", "k", "r20", 20);
            rig.send("right", "k", "r40", 40);
            rig.open(new Topology()
                    .addSource("source", "left", "right")
                    .addProcessor("node", Nodes.forwarding(), "source")
                    .addSink("sink", "out", "node"));
            rig.run();

            assertThat(rig.values("out")).containsExactly("l10", "r20", "l30", "r40");
        }
    }

    @Test
    void shouldKeepTheOrderOfAPartitionWhateverItsTimes() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "late", 90);
            rig.send("in", "k", "early", 10);
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.run();

            assertThat(rig.values("out")).containsExactly("late", "early");
        }
    }

    @Test
    void shouldSayWhereAProcessorFailed() {
        try (Rig rig = new Rig(dir).topic("in", 2)) {
            rig.send("in", 1, "k", "fine", 1);
            rig.send("in", 1, "k", "fail", 2);
            rig.open(Nodes.pipe(Nodes.forwarding()));

            assertThatThrownBy(rig::run)
                    .isInstanceOfSatisfying(
                            StreamsException.class,
                            e -> assertThat(e.taskId().orElseThrow()).hasToString("0_1"))
                    .hasMessage("task 0_1, processor node, in-1@1: java.lang.IllegalStateException: told to fail")
                    .hasCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldNameTheInnermostNodeThatFailed() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "fail", 1);
            rig.open(new Topology()
                    .addSource("source", "in")
                    .addProcessor("outer", Nodes.each((context, record) -> context.forward(record)), "source")
                    .addProcessor("inner", Nodes.forwarding(), "outer"));

            assertThatThrownBy(rig::run).hasMessageStartingWith("task 0_0, processor inner, in-0@0: ");
        }
    }

    @Test
    void shouldHintAtTheSerdesWhenATypeDoesNotFit() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "text", 1);
            rig.open(new Topology()
                    .addSource("source", "in")
                    .addSink(
                            "sink",
                            "out",
                            Serdes.String().serializer(),
                            Serdes.Long().serializer(),
                            "source"));

            assertThatThrownBy(rig::run)
                    .isInstanceOf(StreamsException.class)
                    .hasMessageStartingWith("task 0_0, sink sink, in-0@0: java.lang.ClassCastException")
                    .hasMessageContaining("give the sink serdes")
                    .hasCauseInstanceOf(ClassCastException.class);
        }
    }

    @Test
    void shouldForwardToOneChildByName() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "second", 1);
            rig.open(new Topology()
                    .addSource("source", "in")
                    .addProcessor(
                            "node",
                            Nodes.each((context, record) ->
                                    context.forward(record, Objects.requireNonNull(record.value()))),
                            "source")
                    .addSink("first", "out-1", "node")
                    .addSink("second", "out-2", "node"));
            rig.run();

            assertThat(rig.values("out-2")).containsExactly("second");
            assertThat(rig.log.admin().findTopic("out-1")).isEmpty();

            rig.send("in", "k", "third", 2);
            assertThatThrownBy(rig::run)
                    .hasMessageContaining("forwards to 'third', which is not among its children [first, second]");
        }
    }

    @Test
    void shouldRefuseAStoreThatIsNotConnected() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            Topology topology = Nodes.pipe(
                            Nodes.with(context -> context.getStateStore("other"), (context, record) -> {}))
                    .addStateStore(Nodes.inMemory("mine"), "node");

            assertThatThrownBy(() -> rig.open(topology))
                    .isInstanceOf(StreamsException.class)
                    .hasMessageContaining("task 0_0, processor node, init")
                    .hasMessageContaining("not connected to a store 'other', only to [mine]");
        }
    }

    @Test
    void shouldGiveTheRecordsOriginToTheProcessor() {
        List<String> origins = new ArrayList<>();
        try (Rig rig = new Rig(dir).topic("in", 2)) {
            rig.send("in", 1, "k", "v", 1);
            rig.open(Nodes.pipe(Nodes.with(
                    context -> origins.add("init " + context.recordMetadata()),
                    (context, record) -> context.recordMetadata()
                            .ifPresent(origin ->
                                    origins.add(origin.topic() + "-" + origin.partition() + "@" + origin.offset())))));
            rig.run();
        }

        assertThat(origins).containsExactly("init Optional.empty", "init Optional.empty", "in-1@0");
    }

    @Test
    void shouldSendACopyToEveryPartitionThatThePartitionerNames() {
        StreamPartitioner<String, String> partitioner = (topic, key, value, count) ->
                "nobody".equals(value) ? Optional.of(Set.of()) : Optional.of(Set.of(0, count - 1));
        try (Rig rig = new Rig(dir).topic("in", 1).topic("out", 3)) {
            rig.send("in", "k", "both", 1);
            rig.send("in", "k", "nobody", 2);
            rig.open(new Topology().addSource("source", "in").addSink("sink", "out", partitioner, "source"));
            rig.run();

            assertThat(rig.read("out")).extracting(ConsumerRecord::partition).containsExactly(0, 2);
        }
    }

    @Test
    void shouldRefuseAPartitionThatTheTopicDoesNotHave() {
        StreamPartitioner<String, String> partitioner = (topic, key, value, count) -> Optional.of(Set.of(count));
        try (Rig rig = new Rig(dir).topic("in", 1).topic("out", 3)) {
            rig.send("in", "k", "v", 1);
            rig.open(new Topology().addSource("source", "in").addSink("sink", "out", partitioner, "source"));

            assertThatThrownBy(rig::run).hasMessageContaining("chose partition 3 of topic 'out', expected 0..2");
        }
    }

    @Test
    void shouldSendToTheTopicThatTheExtractorNames() {
        TopicNameExtractor<String, String> extractor =
                (@Nullable String key, @Nullable String value, RecordContext context) ->
                        context.topic() + "-" + value + "-" + context.timestamp();
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "x", 7);
            rig.open(new Topology().addSource("source", "in").addSink("sink", extractor, "source"));
            rig.run();

            assertThat(rig.values("in-x-7")).containsExactly("x");
        }
    }

    @Test
    void shouldStopAtARecordThatDoesNotDeserialize() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "not a long", 1);
            rig.open(numbers());

            assertThatThrownBy(rig::run)
                    .isInstanceOf(StreamsException.class)
                    .hasMessageStartingWith("task 0_0, source source, in-0@0: the record does not deserialize")
                    .hasMessageContaining("deserialization.exception.handler");
            assertThat(rig.committed("in")).containsExactly(-1L);
        }
    }

    @Test
    void shouldDropARecordThatDoesNotDeserializeAndKeepItAsDeadLetter() {
        try (Rig rig = new Rig(dir)
                .topic("in", 1)
                .topic("dead", 1)
                .with("deserialization.exception.handler", LogAndContinueExceptionHandler.class)
                .with("errors.dead.letter.queue.topic.name", "dead")) {
            rig.send("in", "k", "not a long", 1);
            rig.send("in", "k", "8 bytes!", 2);
            rig.open(numbers());
            rig.run().commit();

            assertThat(rig.values("out")).containsExactly("8 bytes!");
            assertThat(rig.values("dead")).containsExactly("not a long");
            assertThat(rig.read("dead").get(0).headers().lastHeader("__streams.errors.offset"))
                    .isNotNull();
            assertThat(rig.committed("in")).containsExactly(2L);
        }
    }

    private static Topology numbers() {
        return new Topology()
                .addSource(
                        "source", Serdes.String().deserializer(), Serdes.Long().deserializer(), "in")
                .addSink(
                        "sink",
                        "out",
                        Serdes.String().serializer(),
                        Serdes.Long().serializer(),
                        "source");
    }

    @Test
    void shouldDropARecordWhoseExtractedTimeIsNegative() {
        try (Rig rig = new Rig(dir).topic("in", 1).with("default.timestamp.extractor", (TimestampExtractor)
                (record, partitionTime) -> "timeless".equals(record.value()) ? -1 : record.timestamp())) {
            rig.send("in", "k", "timeless", 1);
            rig.send("in", "k", "fine", 2);
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.run().commit();

            assertThat(rig.values("out")).containsExactly("fine");
            assertThat(rig.workers.get(0).tasks().get(0).droppedRecords()).isEqualTo(1);
            assertThat(rig.committed("in")).containsExactly(2L);
        }
    }

    @Test
    void shouldTellTheExtractorTheHighestTimeOfThePartition() {
        List<Long> partitionTimes = new ArrayList<>();
        try (Rig rig = new Rig(dir).topic("in", 1).with("default.timestamp.extractor", (TimestampExtractor)
                (record, partitionTime) -> {
                    partitionTimes.add(partitionTime);
                    return record.timestamp();
                })) {
            rig.send("in", "k", "a", 50);
            rig.send("in", "k", "b", 20);
            rig.send("in", "k", "c", 60);
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.run();
        }

        assertThat(partitionTimes).containsExactly(-1L, 50L, 50L);
    }

    @Test
    void shouldReadTheApplicationsClockForWallClockTimes() {
        try (Rig rig =
                new Rig(dir).topic("in", 1).with("default.timestamp.extractor", new WallclockTimestampExtractor())) {
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.clock.advance(Duration.ofMinutes(3));
            rig.send("in", "k", "v", 5);
            rig.run();

            assertThat(rig.read("out").get(0).timestamp()).isEqualTo(rig.clock.milliseconds());
        }
    }

    @Test
    void shouldProcessEverythingWithAVerySmallBuffer() {
        try (Rig rig = new Rig(dir).topic("in", 1).topic("other", 1).with("buffered.records.per.partition", 3)) {
            for (int i = 0; i < 2_500; i++) {
                rig.send("in", "k", "v" + i, i);
            }
            rig.send("other", "k", "last", 10_000);
            rig.open(new Topology()
                    .addSource("source", "in", "other")
                    .addProcessor("node", Nodes.forwarding(), "source")
                    .addSink("sink", "out", "node"));
            rig.run();

            assertThat(rig.values("out")).hasSize(2_501).endsWith("v2499", "last");
        }
    }

    @Test
    void shouldRepartitionThroughATopicOfItsOwn() {
        try (Rig rig = new Rig(dir).topic("in", 2).with("num.stream.threads", 2)) {
            rig.send("in", 0, "a", "1", 1);
            rig.send("in", 1, "a", "2", 2);
            StreamsEngine engine = rig.open(Topology.of(new TopologyBuilder()
                    .addRepartitionTopic(new RepartitionTopic("by-key", OptionalInt.empty()))
                    .addSource(new SourceSpec("a-in", Set.of("in"), null, null, null, null))
                    .addSink(new SinkSpec("to-key", "by-key", null, null, null, null, List.of("a-in")))
                    .addSource(new SourceSpec("b-in", Set.of("by-key"), null, null, null, null))
                    .addSink(new SinkSpec("to-out", "out", null, null, null, null, List.of("b-in")))));
            assertThat(engine.workerCount()).isEqualTo(2);
            rig.run().commit();

            assertThat(rig.read("app-by-key"))
                    .extracting(ConsumerRecord::partition)
                    .containsOnly(rig.read("app-by-key").get(0).partition());
            assertThat(rig.values("out")).containsExactlyInAnyOrder("1", "2");
            assertThat(engine.isIdle()).isTrue();
        }
    }
}
