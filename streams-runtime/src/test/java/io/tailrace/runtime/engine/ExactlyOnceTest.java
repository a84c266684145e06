package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.ProducerFencedException;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.runtime.worker.Worker;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.StoreBuilder;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the default guarantee promises: every record takes effect once, whatever fails between two commits. */
class ExactlyOnceTest {
    private static final TopicPartition CHANGELOG = new TopicPartition("app-counts-changelog", 0);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private static StoreBuilder<?> counts(boolean persistent) {
        return persistent ? Nodes.persistent("counts") : Nodes.inMemory("counts");
    }

    private static Producer<String, String> transactional(Rig rig, String id) {
        Producer<String, String> producer = rig.log.newProducer(
                ProducerConfig.DEFAULT.withTransactionalId(id), new StringSerializer(), new StringSerializer());
        producer.initTransactions();
        return producer;
    }

    @Test
    void shouldShowOutputsWithTheirCommit() {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce()) {
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.send("in", "k", "v", 1);
            rig.run();
            assertThat(rig.values("out")).isEmpty();
            assertThat(rig.committed("in")).containsExactly(-1L);

            rig.commit();
            assertThat(rig.values("out")).containsExactly("v");
            assertThat(rig.committed("in")).containsExactly(1L);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCountNoRecordTwiceAfterACrash(boolean persistent) {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce()) {
            rig.open(Nodes.counting(counts(persistent)));
            rig.send("in", "a", "committed", 1);
            rig.run().commit();
            rig.send("in", "a", "not committed", 2);
            rig.run();
            rig.crash();
            rig.open(Nodes.counting(counts(persistent)));
            rig.run().commit();

            assertThat(rig.values("out")).containsExactly("1", "2");
            assertThat(rig.values(CHANGELOG.topic())).containsExactly("1", "2");
        }
    }

    @Test
    void shouldReplayOnlyWhatAStoreHasNotCommitted() {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce()) {
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.run().commit();
            long end = rig.log.admin().endOffsets(List.of(CHANGELOG)).getOrDefault(CHANGELOG, -1L);
            assertThat(end).as("a change and the marker of its commit").isEqualTo(2);
            rig.crash();
            rig.restores.entries.clear();
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            assertThat(rig.restores.entries).isEmpty();

            rig.send("in", "a", "never committed", 2);
            rig.run();
            rig.crash();
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            assertThat(rig.restores.entries).allSatisfy(entry -> assertThat(entry)
                    .satisfiesAnyOf(
                            start -> assertThat(start).startsWith("start counts " + CHANGELOG + " 2.."),
                            stop -> assertThat(stop).isEqualTo("end counts 0")));
        }
    }

    @Test
    void shouldStartOverFromTheLastCommitWhenAWorkerFails() {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce()) {
            rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", "a", "fine", 1);
            rig.send("in", "a", "fail", 2);
            assertThatThrownBy(rig::run).hasMessageContaining("in-0@1");
            rig.crash();
            assertThat(rig.values("out")).isEmpty();

            rig.with("topology.changes", "accept"); // it is another one
            rig.open(Nodes.pipe(Nodes.each((context, record) -> context.forward(record))));
            rig.run().commit();
            assertThat(rig.values("out")).containsExactly("fine", "fail");
        }
    }

    @Test
    void shouldPassRecordsOnFromCommitToCommit() {
        ProcessorSupplier<String, String, String, String> node = Nodes.forwarding();
        Topology topology = new Topology()
                .addSource("source", "in")
                .addSink("away", "between", "source")
                .addSource("again", "between")
                .addProcessor("node", node, "again")
                .addSink("sink", "out", "node");
        try (Rig rig = new Rig(dir).topic("in", 1).topic("between", 1).exactlyOnce()) {
            StreamsEngine engine = rig.open(topology);
            rig.send("in", "k", "v", 1);
            rig.run();
            assertThat(engine.isIdle()).isFalse();
            rig.commit().run();
            assertThat(rig.values("out")).isEmpty();
            assertThat(engine.isIdle()).isFalse();
            rig.commit().run();
            assertThat(rig.values("out")).containsExactly("v");
            rig.commit();
            assertThat(engine.isIdle()).isTrue();
        }
    }

    @Test
    void shouldReadCommittedInputOnlyAndCommitPastItsMarkers() {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce();
                Producer<String, String> producer = transactional(rig, "somebody")) {
            StreamsEngine engine = rig.open(Nodes.pipe(Nodes.forwarding()));
            producer.beginTransaction();
            producer.post(new ProducerRecord<>("in", "k", "aborted"));
            producer.flush();
            rig.run().commit();
            assertThat(engine.isIdle())
                    .as("nothing of an open transaction is there yet")
                    .isTrue();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.post(new ProducerRecord<>("in", "k", "committed"));
            producer.commitTransaction();
            assertThat(engine.isIdle()).isFalse();
            rig.run().commit();

            assertThat(rig.values("out")).containsExactly("committed");
            assertThat(rig.committed("in")).containsExactly(4L);
            assertThat(engine.isIdle()).isTrue();
        }
    }

    @Test
    void shouldEndWhatWorkersThatAreGoneHaveLeftOpen() {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce()) {
            rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", "a", "v", 1);
            rig.run().commit();
            rig.closeApp();
            try (Producer<String, String> gone = transactional(rig, "app-17");
                    Producer<String, String> other = transactional(rig, "app-of-others-1")) {
                gone.beginTransaction();
                gone.post(new ProducerRecord<>(CHANGELOG.topic(), 0, "a", "999"));
                gone.flush();
                other.beginTransaction();
                other.post(new ProducerRecord<>("in", 0, "a", "v"));
                other.flush();
                rig.open(Nodes.counting(Nodes.inMemory("counts")));
                other.commitTransaction();
                rig.run().commit();

                assertThat(rig.values("out")).containsExactly("1", "2");
                assertThatThrownBy(gone::commitTransaction).isInstanceOf(ProducerFencedException.class);
            }
        }
    }

    @Test
    void shouldFenceAWorkerThatSomebodyElseReplaces() {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce()) {
            StreamsEngine engine = rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", "a", "v", 1);
            rig.run();
            Worker later = Objects.requireNonNull(engine.openWorker(0, () -> false));

            assertThatThrownBy(rig::commit).isInstanceOf(ProducerFencedException.class);
            assertThatThrownBy(rig.workers.remove(0)::abandon).isInstanceOf(ProducerFencedException.class);
            later.runOnce();
            later.commit();
            assertThat(rig.values("out")).containsExactly("1");
            later.close();
        }
    }

    @Test
    void shouldNotRunOutOfTimeBetweenTwoCommits() {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce().with("commit.interval.ms", Duration.ofDays(1000))) {
            rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", "a", "v", 1);
            rig.run();
            rig.clock.advance(Duration.ofDays(100));
            rig.send("in", "a", "v", 2);
            rig.run().commit();

            assertThat(rig.values("out")).containsExactly("1", "2");
        }
    }

    @Test
    void shouldRestoreAStoreThatIsAheadOfItsChangelogFromTheBeginning() {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce().with("topology.changes", "accept")) {
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            for (int i = 0; i < 5; i++) {
                rig.send("in", "a", "v", 1);
            }
            rig.run().commit();
            rig.closeApp();
            rig.log.admin().deleteTopic(CHANGELOG.topic());
            rig.topic(CHANGELOG.topic(), 1);
            rig.send(CHANGELOG.topic(), "a", "3", 1);

            rig.restores.entries.clear();
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            assertThat(rig.restores.entries).containsExactly("start counts " + CHANGELOG + " 0..1", "end counts 1");
            rig.send("in", "a", "v", 2);
            rig.run().commit();
            assertThat(rig.values("out")).last().isEqualTo("4");
        }
    }

    @Test
    void shouldLeaveNoTransactionOpenWhenItIsClosed() {
        try (Rig rig = new Rig(dir).topic("in", 2).exactlyOnce().with("num.stream.threads", 2)) {
            rig.open(Nodes.counting(Nodes.inMemory("counts")));
            rig.send("in", 0, "a", "v", 1);
            rig.send("in", 1, "b", "v", 1);
            rig.run();
            rig.closeApp();

            assertThat(rig.log.admin().listTransactions())
                    .hasSize(2)
                    .allSatisfy(transaction -> assertThat(transaction.startMs()).isEmpty());
            assertThat(rig.log.admin().endOffsets(List.of(CHANGELOG), IsolationLevel.READ_COMMITTED))
                    .isEqualTo(rig.log.admin().endOffsets(List.of(CHANGELOG)));
            assertThat(rig.values("out")).containsExactly("1", "1");
        }
    }

    @Test
    void shouldGoOnWithTheOtherGuarantee() {
        try (Rig rig = new Rig(dir).topic("in", 1).exactlyOnce()) {
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 1);
            rig.run();
            rig.closeApp();
            rig.with("processing.guarantee", "at_least_once");
            rig.open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 2);
            rig.run();
            rig.closeApp();
            rig.exactlyOnce().open(Nodes.counting(Nodes.persistent("counts")));
            rig.send("in", "a", "v", 3);
            rig.run().commit();

            assertThat(rig.values("out")).containsExactly("1", "2", "3");
        }
    }

    @Test
    void shouldLeaveTheTransactionsOfThoseAloneWhoFillItsStores() {
        try (Rig rig = new Rig(dir).topic("rows", 1).exactlyOnce();
                Producer<String, String> producer = transactional(rig, "somebody")) {
            producer.beginTransaction();
            producer.post(new ProducerRecord<>("rows", "a", "1"));
            producer.flush();
            StreamsEngine engine = rig.open(Nodes.rows());
            producer.commitTransaction();
            rig.run().commit();

            assertThat(rig.committed("rows")).containsExactly(2L);
            assertThat(engine.isIdle()).isTrue();
        }
    }
}
