package io.tailrace.log.txn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.ProducerFencedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TransactionCoordinatorTest {
    private static final TopicPartition A0 = new TopicPartition("a", 0);
    private static final TopicPartition B1 = new TopicPartition("b", 1);
    private static final int TIMEOUT_MS = 60_000;

    private TransactionCoordinator coordinator = new TransactionCoordinator();
    private final List<TransactionRecord> stored = new ArrayList<>();
    private long lastProducerId = 99;
    private long nowMs = 1_000_000;

    private long nextProducerId() {
        return ++lastProducerId;
    }

    private Transaction store(Transaction transaction) {
        TransactionRecord record = TransactionRecord.of(transaction);
        stored.add(record);
        coordinator.apply(record);
        return transaction;
    }

    private Transaction initialize(String id) {
        return store(coordinator.initialize(id, TIMEOUT_MS, false, this::nextProducerId, nowMs));
    }

    private Transaction add(Transaction producer, TopicPartition... partitions) {
        return store(coordinator.addPartitions(
                producer.transactionalId(),
                producer.producerId(),
                producer.producerEpoch(),
                List.of(partitions),
                nowMs));
    }

    private Transaction end(Transaction producer, boolean commit) {
        return store(coordinator.end(
                producer.transactionalId(),
                producer.producerId(),
                producer.producerEpoch(),
                commit,
                this::nextProducerId,
                nowMs));
    }

    private Transaction complete(Transaction transaction) {
        return store(coordinator.complete(transaction.transactionalId(), nowMs));
    }

    private Transaction current(String id) {
        return Objects.requireNonNull(coordinator.find(id));
    }

    @Test
    void shouldGiveANewTransactionalIdANewProducerId() {
        Transaction first = initialize("x");
        Transaction second = initialize("y");

        assertThat(first.producerId()).isNotEqualTo(second.producerId());
        assertThat(first.producerEpoch()).isZero();
        assertThat(first.state()).isEqualTo(TransactionState.EMPTY);
    }

    @Test
    void shouldFenceTheOlderInstanceByTheEpoch() {
        Transaction older = initialize("x");
        Transaction newer = initialize("x");

        assertThat(newer.producerId()).isEqualTo(older.producerId());
        assertThat(newer.producerEpoch()).isEqualTo((short) 1);
        assertThatThrownBy(() -> add(older, A0))
                .isInstanceOf(ProducerFencedException.class)
                .hasMessageContaining("x")
                .hasMessageContaining("epoch 0");
        assertThatThrownBy(() -> end(older, true)).isInstanceOf(ProducerFencedException.class);
    }

    @Test
    void shouldCommitWithTheNextEpoch() {
        Transaction producer = initialize("x");
        add(producer, A0);
        nowMs += 5;
        Transaction ongoing = add(producer, B1);
        assertThat(ongoing.partitions()).containsExactly(A0, B1);
        assertThat(ongoing.startMs()).isEqualTo(nowMs - 5);

        Transaction prepared = end(producer, true);
        assertThat(prepared.state()).isEqualTo(TransactionState.PREPARE_COMMIT);
        assertThat(prepared.partitions()).containsExactly(A0, B1);
        assertThat(prepared.producerEpoch()).isEqualTo((short) 1);

        Transaction complete = complete(prepared);
        assertThat(complete.state()).isEqualTo(TransactionState.COMPLETE_COMMIT);
        assertThat(complete.partitions()).isEmpty();
        assertThat(complete.producerEpoch()).isEqualTo((short) 1);
        assertThat(add(complete, A0).state()).isEqualTo(TransactionState.ONGOING);
    }

    @Test
    void shouldHaveNothingToStoreForWhatIsAlreadySo() {
        Transaction producer = initialize("x");

        assertThat(end(producer, true)).isSameAs(producer);
        Transaction ongoing = add(producer, A0);
        assertThat(add(producer, A0)).isSameAs(ongoing);
        Transaction prepared = end(producer, false);
        assertThat(coordinator.abort("x", this::nextProducerId, nowMs)).isSameAs(prepared);
    }

    @Test
    void shouldNotLetAnybodyTakeOverBeforeTheTransactionHasEnded() {
        Transaction producer = initialize("x");
        add(producer, A0);
        assertThatThrownBy(() -> initialize("x")).isInstanceOf(IllegalStateException.class);

        Transaction aborting = store(coordinator.abort("x", this::nextProducerId, nowMs));
        assertThat(aborting.state()).isEqualTo(TransactionState.PREPARE_ABORT);
        assertThatThrownBy(() -> initialize("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> end(producer, true)).isInstanceOf(ProducerFencedException.class);

        complete(aborting);
        assertThat(initialize("x").producerEpoch()).isEqualTo((short) 2);
    }

    @Test
    void shouldFindTransactionsThatAreOpenForTooLong() {
        Transaction producer = initialize("x");
        initialize("y");
        add(producer, A0);
        nowMs += TIMEOUT_MS - 1;
        assertThat(coordinator.expired(nowMs)).isEmpty();

        nowMs++;
        assertThat(coordinator.expired(nowMs)).containsExactly(current("x"));
        store(coordinator.abort("x", this::nextProducerId, nowMs));
        assertThat(coordinator.expired(nowMs)).isEmpty();
        assertThat(coordinator.open()).containsExactly(current("x"));
    }

    @Test
    void shouldTakeANewProducerIdWhenTheEpochsAreUsedUp() {
        Transaction producer = initialize("x");
        long firstId = producer.producerId();
        for (int i = 0; i < Short.MAX_VALUE - 1; i++) {
            assertThat(producer.producerId()).isEqualTo(firstId);
            add(producer, A0);
            producer = complete(end(producer, i % 2 == 0));
        }
        assertThat(producer.producerEpoch()).isEqualTo((short) (Short.MAX_VALUE - 1));

        add(producer, A0);
        Transaction last = end(producer, true);
        assertThat(last.producerId()).isEqualTo(firstId);
        assertThat(last.producerEpoch()).isEqualTo(Short.MAX_VALUE);
        Transaction next = complete(last);
        assertThat(next.producerId()).isNotEqualTo(firstId);
        assertThat(next.previousProducerId()).isEqualTo(firstId);
        assertThat(next.producerEpoch()).isZero();
        assertThat(add(next, A0).state()).isEqualTo(TransactionState.ONGOING);
    }

    @Test
    void shouldTakeANewProducerIdWhenInstancesHaveUsedUpTheEpochs() {
        Transaction producer = initialize("x");
        long firstId = producer.producerId();
        for (int epoch = 1; epoch < Short.MAX_VALUE; epoch++) {
            producer = initialize("x");
            assertThat(producer.producerId()).isEqualTo(firstId);
        }

        assertThat(initialize("x").producerId()).isNotEqualTo(firstId);
        assertThat(current("x").producerEpoch()).isZero();
    }

    @Test
    void shouldForgetIdsThatAreNotUsedAnyMore() {
        add(initialize("open"), A0);
        initialize("idle");
        nowMs += 100;
        initialize("fresh");

        List<TransactionRecord> tombstones = coordinator.forget(100, nowMs);
        assertThat(tombstones).containsExactly(new TransactionRecord("idle", null));
        tombstones.forEach(coordinator::apply);
        assertThat(coordinator.find("idle")).isNull();
        assertThat(coordinator.all()).hasSize(2);
    }

    @Property(tries = 300)
    void shouldRebuildTheStateFromItsRecords(@ForAll @Size(max = 60) List<@IntRange(max = 17) Integer> actions) {
        coordinator = new TransactionCoordinator();
        stored.clear();
        for (int action : actions) {
            act("id-" + action % 3, action / 3);
            nowMs++;
        }

        TransactionCoordinator rebuilt = new TransactionCoordinator();
        for (TransactionRecord record : stored) {
            Transaction transaction = Objects.requireNonNull(record.transaction());
            rebuilt.apply(TransactionRecordCodec.decode(
                    TransactionRecordCodec.encodeKey(record.transactionalId()),
                    TransactionRecordCodec.encodeValue(transaction),
                    "here"));
        }
        assertThat(rebuilt.all()).isEqualTo(coordinator.all());
        assertThat(rebuilt.open()).isEqualTo(coordinator.open());
    }

    private void act(String id, int action) {
        Transaction current = coordinator.find(id);
        if (current == null || (action == 0 && current.state().isIdle())) {
            initialize(id);
            return;
        }
        short epochBefore = current.producerEpoch();
        switch (action) {
            case 1, 2 -> {
                if (!current.state().isPrepared()) {
                    add(current, new TopicPartition("t", action));
                }
            }
            case 3, 4 -> {
                Transaction ended = end(current, action == 3);
                if (current.state() == TransactionState.ONGOING) {
                    assertThat(ended.producerEpoch()).isEqualTo((short) (epochBefore + 1));
                }
            }
            default -> {
                if (current.state().isPrepared()) {
                    assertThat(complete(current).partitions()).isEqualTo(Set.of());
                }
            }
        }
    }
}
