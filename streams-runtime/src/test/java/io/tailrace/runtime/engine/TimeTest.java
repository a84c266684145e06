package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.errors.StreamsException;
import io.tailrace.processor.Cancellable;
import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeTest {
    private static final Duration TEN_MS = Duration.ofMillis(10);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private final List<Long> calls = new ArrayList<>();

    private static Topology twoInputs() {
        return new Topology()
                .addSource("source", "left", "right")
                .addProcessor("node", Nodes.forwarding(), "source")
                .addSink("sink", "out", "node");
    }

    private static Topology onInit(Consumer<ProcessorContext<String, String>> init) {
        return Nodes.pipe(Nodes.with(init, (context, record) -> {}));
    }

    @Test
    void shouldNotWaitForAnInputThatIsReadToItsEnd() {
        try (Rig rig = new Rig(dir).topic("left", 1).topic("right", 1)) {
            rig.send("left", "k", "l", 10);
            rig.open(twoInputs());
            rig.run();

            assertThat(rig.values("out")).containsExactly("l");
        }
    }

    @Test
    void shouldWaitAsLongAsConfiguredForAnInputWithoutRecords() {
        try (Rig rig = new Rig(dir).topic("left", 1).topic("right", 1).with("max.task.idle.ms", 50)) {
            rig.send("left", "k", "l20", 20);
            rig.open(twoInputs());
            rig.run();
            rig.clock.advance(Duration.ofMillis(49));
            assertThat(rig.run().values("left")).hasSize(1);
            assertThat(rig.log.admin().findTopic("out")).isEmpty();

            rig.send("right", "k", "r10", 10);
            rig.run();
            assertThat(rig.values("out")).containsExactly("r10");

            rig.clock.advance(Duration.ofMillis(50));
            rig.run();
            assertThat(rig.values("out")).containsExactly("r10", "l20");
        }
    }

    @Test
    void shouldNeverWaitWhenIdlingIsDisabled() {
        try (Rig rig = new Rig(dir).topic("left", 1).topic("right", 1).with("max.task.idle.ms", -1)) {
            rig.send("left", "k", "l", 10);
            rig.open(twoInputs());
            rig.run();

            assertThat(rig.values("out")).containsExactly("l");
        }
    }

    @Test
    void shouldFireOnStreamTimeWithTheFirstRecordAndThenPerInterval() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(onInit(context -> context.schedule(TEN_MS, PunctuationType.STREAM_TIME, calls::add)));
            for (long timeMs : new long[] {1003, 1005, 1009, 1010, 1011, 1020}) {
                rig.send("in", "k", "v", timeMs);
                rig.run();
            }

            assertThat(calls).containsExactly(1003L, 1010L, 1020L);
        }
    }

    @Test
    void shouldFireOnceAfterALeapOverManyIntervals() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(onInit(context -> context.schedule(TEN_MS, PunctuationType.STREAM_TIME, calls::add)));
            rig.send("in", "k", "v", 5);
            rig.send("in", "k", "v", 995);
            rig.send("in", "k", "v", 1000);
            rig.run();

            assertThat(calls).containsExactly(5L, 995L, 1000L);
        }
    }

    @Test
    void shouldNotFireOnStreamTimeForALateRecord() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(onInit(context -> context.schedule(TEN_MS, PunctuationType.STREAM_TIME, calls::add)));
            rig.send("in", "k", "v", 100);
            rig.send("in", "k", "late", 50);
            rig.run();

            assertThat(calls).containsExactly(100L);
        }
    }

    @Test
    void shouldFireOnTheWallClockOneIntervalAfterTheSchedule() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(onInit(context -> context.schedule(TEN_MS, PunctuationType.WALL_CLOCK_TIME, calls::add)));
            long startMs = rig.clock.milliseconds();
            rig.run();
            rig.clock.advance(Duration.ofMillis(9));
            rig.run();
            assertThat(calls).isEmpty();

            rig.clock.advance(Duration.ofMillis(1));
            rig.run();
            rig.clock.advance(Duration.ofMillis(35));
            rig.run();
            assertThat(calls).containsExactly(startMs + 10, startMs + 45);
        }
    }

    @Test
    void shouldAlignToAStartTime() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            long startMs = rig.clock.milliseconds();
            Instant anchor = Instant.ofEpochMilli(startMs - 1003);
            rig.open(onInit(context -> context.schedule(anchor, TEN_MS, PunctuationType.WALL_CLOCK_TIME, calls::add)));
            rig.clock.advance(Duration.ofMillis(7));
            rig.run();
            rig.clock.advance(Duration.ofMillis(10));
            rig.run();

            assertThat(calls).containsExactly(startMs + 7, startMs + 17);
        }
    }

    @Test
    void shouldStopACancelledPunctuator() {
        List<Cancellable> schedules = new ArrayList<>();
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(onInit(context -> schedules.add(context.schedule(TEN_MS, PunctuationType.STREAM_TIME, timeMs -> {
                calls.add(timeMs);
                schedules.get(0).cancel();
            }))));
            rig.send("in", "k", "v", 10);
            rig.send("in", "k", "v", 100);
            rig.run();
        }

        assertThat(calls).containsExactly(10L);
    }

    @Test
    void shouldForwardFromAPunctuator() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(onInit(context -> context.schedule(
                    TEN_MS,
                    PunctuationType.WALL_CLOCK_TIME,
                    timeMs -> context.forward(
                            new Record<>("k", context.recordMetadata().toString(), timeMs)))));
            rig.clock.advance(TEN_MS);
            rig.run();

            assertThat(rig.values("out")).containsExactly("Optional.empty");
        }
    }

    @Test
    void shouldSayWhichPunctuatorFailed() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(onInit(context -> context.schedule(TEN_MS, PunctuationType.WALL_CLOCK_TIME, timeMs -> {
                throw new IllegalStateException("tick");
            })));
            rig.clock.advance(TEN_MS);

            assertThatThrownBy(rig::run)
                    .isInstanceOf(StreamsException.class)
                    .hasMessage("task 0_0, punctuator of node, punctuator: java.lang.IllegalStateException: tick");
        }
    }

    @Test
    void shouldRefuseAnIntervalBelowAMillisecond() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            Topology topology =
                    onInit(context -> context.schedule(Duration.ofNanos(5), PunctuationType.STREAM_TIME, calls::add));

            assertThatThrownBy(() -> rig.open(topology)).hasRootCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldShowTheTimesToProcessors() {
        List<String> times = new ArrayList<>();
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.pipe(Nodes.each((context, record) ->
                    times.add(context.currentStreamTimeMs() + " " + context.currentSystemTimeMs()))));
            long startMs = rig.clock.milliseconds();
            rig.send("in", "k", "v", 500);
            rig.run();
            rig.clock.advance(TEN_MS);
            rig.send("in", "k", "late", 400);
            rig.run();

            assertThat(times).containsExactly("500 " + startMs, "500 " + (startMs + 10));
        }
    }

    @Test
    void shouldGoOnWithStreamTimeAfterARestart() {
        List<Long> streamTimes = new ArrayList<>();
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            Topology topology = Nodes.pipe(Nodes.with(
                    context -> streamTimes.add(context.currentStreamTimeMs()),
                    (context, record) -> streamTimes.add(context.currentStreamTimeMs())));
            rig.open(topology);
            rig.send("in", "k", "v", 700);
            rig.run();
            rig.closeApp();
            rig.send("in", "k", "late", 300);
            rig.open(topology);
            rig.run();
        }

        assertThat(streamTimes).containsExactly(-1L, 700L, 700L, 700L);
    }
}
