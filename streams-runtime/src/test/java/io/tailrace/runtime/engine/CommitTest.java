package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {
    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private static Topology startingAt(AutoOffsetReset reset) {
        return new Topology()
                .addSource(reset, "source", "in")
                .addProcessor("node", Nodes.forwarding(), "source")
                .addSink("sink", "out", "node");
    }

    @Test
    void shouldResumeAtTheCommittedOffset() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "first", 1);
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.run();
            rig.closeApp();
            rig.send("in", "k", "second", 2);
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.run();

            assertThat(rig.values("out")).containsExactly("first", "second");
        }
    }

    @Test
    void shouldRepeatWhatWasNotCommittedAfterACrash() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.send("in", "k", "committed", 1);
            rig.run().commit();
            rig.send("in", "k", "not committed", 2);
            rig.run();
            rig.crash();
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.run();

            assertThat(rig.values("out")).containsExactly("committed", "not committed", "not committed");
        }
    }

    @Test
    void shouldNotCommitPastARecordThatFailed() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "fine", 1);
            rig.send("in", "k", "fail", 2);
            rig.open(Nodes.pipe(Nodes.forwarding()));
            assertThatThrownBy(rig::run).hasMessageContaining("in-0@1");
            assertThatThrownBy(rig::commit).hasMessageContaining("in-0@1");

            assertThat(rig.committed("in")).containsExactly(-1L);
        }
    }

    @Test
    void shouldCommitWhenTheIntervalIsOver() {
        try (Rig rig = new Rig(dir).topic("in", 1).with("commit.interval.ms", 100)) {
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.send("in", "k", "v", 1);
            rig.run();
            assertThat(rig.committed("in")).containsExactly(-1L);

            rig.clock.advance(Duration.ofMillis(100));
            rig.run();
            assertThat(rig.committed("in")).containsExactly(1L);
        }
    }

    @Test
    void shouldCommitWhenAProcessorAsksForIt() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.open(Nodes.pipe(Nodes.each((context, record) -> context.commit())));
            rig.send("in", "k", "v", 1);
            rig.run();

            assertThat(rig.committed("in")).containsExactly(1L);
        }
    }

    @Test
    void shouldCommitEarlyWhenUncommittedStateTakesTooMuchMemory() {
        for (boolean persistent : List.of(true, false)) {
            try (Rig rig = new Rig(dir).topic("in", 1).with("statestore.uncommitted.max.bytes", 10_000)) {
                rig.open(Nodes.counting(persistent ? Nodes.persistent("counts") : Nodes.inMemory("counts")));
                for (int key = 0; key < 70; key++) {
                    rig.send("in", "key-" + key, "v", 1);
                    rig.send("in", "key-" + key, "v", 2);
                }
                rig.run();
                assertThat(rig.committed("in")).containsExactly(-1L);

                for (int key = 70; key < 400; key++) {
                    rig.send("in", "key-" + key, "v", 1);
                }
                rig.run();
                assertThat(rig.committed("in")).containsExactly(470L);
            }
        }
    }

    @Test
    void shouldNotCommitEarlyWhenUncommittedStateMayTakeAnyMemory() {
        try (Rig rig = new Rig(dir).topic("in", 1).with("statestore.uncommitted.max.bytes", -1)) {
            rig.open(Nodes.counting(Nodes.inMemory("counts")));
            for (int key = 0; key < 1_000; key++) {
                rig.send("in", "key-" + key, "v", 1);
            }
            rig.run();

            assertThat(rig.committed("in")).containsExactly(-1L);
        }
    }

    @Test
    void shouldStartAtTheBeginningByDefault() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "old", 1);
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.run();

            assertThat(rig.values("out")).containsExactly("old");
        }
    }

    @Test
    void shouldStartAtTheEndAndRememberThatPlace() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "old", 1);
            rig.open(startingAt(AutoOffsetReset.latest()));
            rig.run();
            rig.closeApp();
            rig.send("in", "k", "new", 2);
            rig.open(startingAt(AutoOffsetReset.latest()));
            rig.run();

            assertThat(rig.values("out")).containsExactly("new");
        }
    }

    @Test
    void shouldStartSoFarBackInTime() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            long nowMs = rig.clock.milliseconds();
            rig.send("in", "k", "old", nowMs - 5_000);
            rig.send("in", "k", "recent", nowMs - 1_000);
            rig.send("in", "k", "old again", nowMs - 6_000);
            rig.open(startingAt(AutoOffsetReset.byDuration(Duration.ofSeconds(2))));
            rig.run();

            assertThat(rig.values("out")).containsExactly("recent", "old again");
        }
    }

    @Test
    void shouldRefuseToStartWithoutAnOffsetWhenThereIsNoReset() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            assertThatThrownBy(() -> rig.open(startingAt(AutoOffsetReset.none())))
                    .hasMessageContaining("in-0 has no committed offset")
                    .hasMessageContaining("offset reset is none");
        }
    }

    @Test
    void shouldGoOnAtTheEndOfALogThatLostItsTail() {
        try (Rig rig = new Rig(dir).topic("in", 1).topic("out", 1)) {
            rig.send("in", "k", "processed", 1);
            rig.log
                    .admin()
                    .alterCommittedOffsets("app", Map.of(new TopicPartition("in", 0), new OffsetAndMetadata(17)));
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.run();
            assertThat(rig.values("out")).isEmpty();
            assertThat(rig.committed("in")).containsExactly(1L);

            rig.send("in", "k", "new", 2);
            rig.run().commit();
            assertThat(rig.values("out")).containsExactly("new");
            assertThat(rig.committed("in")).containsExactly(2L);
        }
    }

    @Test
    void shouldUnderstandAnOffsetThatSomebodyElseCommitted() {
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "skipped", 1);
            rig.send("in", "k", "read", 2);
            rig.log
                    .admin()
                    .alterCommittedOffsets(
                            "app", Map.of(new TopicPartition("in", 0), new OffsetAndMetadata(1, "reset by hand")));
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.run();

            assertThat(rig.values("out")).containsExactly("read");
        }
    }

    @Test
    void shouldBeIdleOnlyWhenEverythingIsCommitted() {
        try (Rig rig = new Rig(dir).topic("in", 2)) {
            StreamsEngine engine = rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.run().commit();
            assertThat(engine.isIdle()).isTrue();

            rig.send("in", 1, "k", "v", 1);
            assertThat(engine.isIdle()).isFalse();
            rig.run();
            assertThat(engine.isIdle()).isFalse();
            rig.commit();
            assertThat(engine.isIdle()).isTrue();
        }
    }
}
