package io.tailrace.log.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Offsets that wait for the end of a transaction. */
class TransactionalOffsetsTest {
    private static final String G = "group";
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);
    private static final long FIRST = 1;
    private static final long SECOND = 2;

    private final Map<String, Integer> topics = new HashMap<>(Map.of("t", 2));
    private final GroupCoordinator coordinator = new GroupCoordinator(new TopicMap(topics));

    private static OffsetAndMetadata at(long offset) {
        return new OffsetAndMetadata(offset);
    }

    private void wait(long producerId, TopicPartition partition, long offset) {
        coordinator
                .commit(new ConsumerGroupMetadata(G), Map.of(partition, at(offset)))
                .forEach(record -> coordinator.applyPending(producerId, record));
    }

    private void commit(TopicPartition partition, long offset) {
        coordinator.commit(G, null, Map.of(partition, at(offset))).forEach(coordinator::apply);
    }

    @Test
    void shouldTakeEffectWithTheCommit() {
        wait(FIRST, T0, 1);
        wait(FIRST, T1, 2);
        wait(FIRST, T0, 3);
        assertThat(coordinator.committed(G)).isEmpty();

        coordinator.endTransaction(FIRST, true);
        assertThat(coordinator.committed(G)).containsOnly(Map.entry(T0, at(3)), Map.entry(T1, at(2)));
    }

    @Test
    void shouldBeForgottenWithAnAbort() {
        commit(T0, 1);
        wait(FIRST, T0, 2);
        coordinator.endTransaction(FIRST, false);
        coordinator.endTransaction(FIRST, true);

        assertThat(coordinator.committed(G)).containsOnly(Map.entry(T0, at(1)));
    }

    @Test
    void shouldNotTakeTheLogBackToAnEarlierRecord() {
        wait(FIRST, T0, 1);
        wait(FIRST, T1, 1);
        wait(SECOND, T0, 2);
        commit(T1, 3);
        coordinator.endTransaction(SECOND, true);
        coordinator.endTransaction(FIRST, true);

        assertThat(coordinator.committed(G)).containsOnly(Map.entry(T0, at(2)), Map.entry(T1, at(3)));
    }

    @Test
    void shouldLetALaterRecordTakeEffectLater() {
        wait(FIRST, T0, 1);
        wait(SECOND, T0, 2);
        coordinator.endTransaction(FIRST, true);
        assertThat(coordinator.committed(G)).containsOnly(Map.entry(T0, at(1)));

        coordinator.endTransaction(SECOND, true);
        assertThat(coordinator.committed(G)).containsOnly(Map.entry(T0, at(2)));
    }

    @Test
    void shouldBeForgottenWithTheGroupOrTheTopic() {
        wait(FIRST, T0, 1);
        List<OffsetRecord> deleted = coordinator.delete(G);
        assertThat(deleted).containsExactly(new OffsetRecord(G, T0, null));
        deleted.forEach(coordinator::apply);
        wait(SECOND, T1, 1);
        topics.remove("t");
        List<OffsetRecord> forgotten = coordinator.forgetTopics();
        assertThat(forgotten).containsExactly(new OffsetRecord(G, T1, null));
        forgotten.forEach(coordinator::apply);

        coordinator.endTransaction(FIRST, true);
        coordinator.endTransaction(SECOND, true);
        assertThat(coordinator.committed(G)).isEmpty();
    }
}
