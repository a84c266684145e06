package io.tailrace.runtime.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.BatchingStateRestoreCallback;
import io.tailrace.processor.StateRestoreCallback;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.serde.StringSerializer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RestorePoolTest {
    private static final int MANY = 20_000;

    private final EmbeddedLog log = EmbeddedLog.inMemory();
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong restored = new AtomicLong();
    private final Set<String> threads = new ConcurrentSkipListSet<>();
    private final RestorePool pool = new RestorePool(log, new Diary(), "restore-test", 3);

    /** Writes down starts, ends and suspensions. */
    private final class Diary implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition changelog, String store, long startingOffset, long endingOffset) {
            events.add("start " + changelog + " " + startingOffset + ".." + endingOffset);
        }

        @Override
        public void onBatchRestored(TopicPartition changelog, String store, long batchEndOffset, long numRestored) {}

        @Override
        public void onRestoreEnd(TopicPartition changelog, String store, long totalRestored) {
            events.add("end " + changelog + " " + totalRestored);
        }

        @Override
        public void onRestoreSuspended(TopicPartition changelog, String store, long totalRestored) {
            events.add("suspended " + changelog);
        }
    }

    @AfterEach
    void close() {
        pool.close();
        log.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("restore-test"));
    }

    private void write(int partition, int count) {
        if (log.admin().findTopic("changelog").isEmpty()) {
            log.admin().createTopic(new NewTopic("changelog", 3));
        }
        try (Producer<String, String> producer =
                log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.post(new ProducerRecord<>("changelog", partition, (long) i, "k" + i, "v"));
            }
        }
    }

    private RestoreTarget target(int partition, long to, StateRestoreCallback callback) {
        return new RestoreTarget("store", new TopicPartition("changelog", partition), callback, 0, to);
    }

    private BatchingStateRestoreCallback counting() {
        return batch -> {
            threads.add(Thread.currentThread().getName());
            restored.addAndGet(batch.size());
        };
    }

    @Test
    void shouldRestoreManyStoresOnThreadsOfItsOwn() {
        write(0, MANY);
        write(1, MANY / 2);
        write(2, 10);
        assertThat(pool.restore(
                        List.of(
                                target(0, MANY, counting()),
                                target(1, MANY / 2, counting()),
                                target(2, 10, counting())),
                        () -> false))
                .isTrue();
        assertThat(restored).hasValue(MANY + MANY / 2 + 10);
        assertThat(threads).allMatch(name -> name.startsWith("restore-test-"));
        assertThat(events)
                .contains(
                        "start changelog-0 0.." + MANY,
                        "end changelog-0 " + MANY,
                        "end changelog-1 " + MANY / 2,
                        "end changelog-2 10")
                .hasSize(6);
    }

    @Test
    void shouldRestoreLittleOnTheThreadOfTheCaller() {
        write(0, 10);
        write(1, 10);
        assertThat(pool.restore(List.of(target(0, 10, counting()), target(1, 10, counting())), () -> false))
                .isTrue();
        assertThat(threads).containsExactly(Thread.currentThread().getName());
        assertThat(restored).hasValue(20);
    }

    @Test
    void shouldNotReadBeyondTheEndThatWasAsked() {
        write(0, 10);
        assertThat(pool.restore(List.of(target(0, 7, counting())), () -> false)).isTrue();
        assertThat(restored).hasValue(7);
    }

    @Test
    void shouldTellNothingOfAStoreThatIsUpToDate() {
        write(0, 10);
        assertThat(pool.restore(
                        List.of(new RestoreTarget("store", new TopicPartition("changelog", 0), counting(), 10, 10)),
                        () -> false))
                .isTrue();
        assertThat(events).isEmpty();
    }

    @Test
    void shouldStopTheOthersWhenOneFails() {
        write(0, MANY);
        write(1, MANY);
        BatchingStateRestoreCallback failing = batch -> {
            throw new IllegalStateException("told to fail");
        };
        assertThatThrownBy(
                        () -> pool.restore(List.of(target(0, MANY, failing), target(1, MANY, counting())), () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("told to fail");
        assertThat(pool.restore(List.of(target(0, MANY, counting())), () -> false))
                .isTrue();
    }

    @Test
    void shouldEndEarlyWhenItIsStopped() {
        write(0, MANY);
        write(1, MANY);
        AtomicBoolean stopped = new AtomicBoolean();
        BatchingStateRestoreCallback stopping = batch -> stopped.set(true);
        assertThat(pool.restore(List.of(target(0, MANY, stopping), target(1, MANY, stopping)), stopped::get))
                .isFalse();
        assertThat(events).contains("suspended changelog-0", "suspended changelog-1");
    }

    @Test
    void shouldLeaveOutWhatWasNotCommittedToTheChangelog() {
        log.admin().createTopic(new NewTopic("changelog", 3));
        try (Producer<String, String> producer = log.newProducer(
                ProducerConfig.DEFAULT.withTransactionalId("t"), new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.post(new ProducerRecord<>("changelog", 0, 1L, "aborted", "v"));
            producer.abortTransaction();
            producer.beginTransaction();
            producer.post(new ProducerRecord<>("changelog", 0, 1L, "committed", "v"));
            producer.commitTransaction();
        }
        long end = log.admin()
                .endOffsets(List.of(new TopicPartition("changelog", 0)))
                .values()
                .iterator()
                .next();
        List<String> keys = new ArrayList<>();
        BatchingStateRestoreCallback callback = batch -> batch.forEach(entry -> keys.add(new String(entry.key, UTF_8)));
        assertThat(pool.restore(List.of(target(0, end, callback)), () -> false)).isTrue();
        assertThat(keys).containsExactly("committed");
    }
}
