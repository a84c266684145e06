package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CommitFailedException;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.ConsumerRebalanceListener;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.OffsetAndMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Groups that divide partitions between their members. */
abstract class GroupContract extends LogContract {

    GroupContract(LogHome home) {
        super(home);
    }

    @BeforeEach
    void createTopic() {
        createTopic("t", 4);
    }

    @Test
    void shouldGiveAllPartitionsToTheOnlyMember() {
        RebalanceDiary diary = new RebalanceDiary();
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t"), diary);
            assertThat(consumer.assignment()).isEmpty();
            consumer.poll(Duration.ZERO);

            assertThat(consumer.subscription()).containsExactly("t");
            assertThat(consumer.assignment()).containsExactlyElementsOf(partitions("t", 4));
            assertThat(diary.entries).containsExactly("assigned [t-0, t-1, t-2, t-3]");
            consumer.poll(Duration.ZERO);
            assertThat(diary.entries).hasSize(1);
        }
        assertThat(diary.entries).last().isEqualTo("revoked [t-0, t-1, t-2, t-3]");
    }

    @Test
    void shouldDividePartitionsWhenAMemberJoins() {
        RebalanceDiary first = new RebalanceDiary();
        RebalanceDiary second = new RebalanceDiary();
        try (Consumer<String, String> one = member("g");
                Consumer<String, String> two = member("g")) {
            one.subscribe(Set.of("t"), first);
            one.poll(Duration.ZERO);
            two.subscribe(Set.of("t"), second);
            two.poll(Duration.ZERO);
            assertThat(two.assignment())
                    .as("the first member still owns everything")
                    .isEmpty();

            one.poll(Duration.ZERO);
            two.poll(Duration.ZERO);
            assertThat(one.assignment()).containsExactlyElementsOf(partitions("t", 2));
            assertThat(two.assignment()).containsExactly(new TopicPartition("t", 2), new TopicPartition("t", 3));
            assertThat(first.entries).containsExactly("assigned [t-0, t-1, t-2, t-3]", "revoked [t-2, t-3]");
            assertThat(second.entries).containsExactly("assigned [t-2, t-3]");
        }
    }

    @Test
    void shouldGiveThePartitionsOfAMemberThatLeavesToTheOthers() {
        try (Consumer<String, String> one = member("g");
                Consumer<String, String> two = member("g")) {
            RebalanceDiary diary = new RebalanceDiary();
            one.subscribe(Set.of("t"), diary);
            two.subscribe(Set.of("t"));
            for (int i = 0; i < 3; i++) {
                one.poll(Duration.ZERO);
                two.poll(Duration.ZERO);
            }
            assertThat(two.assignment()).hasSize(2);
            two.unsubscribe();
            one.poll(Duration.ZERO);

            assertThat(two.assignment()).isEmpty();
            assertThat(one.assignment()).hasSize(4);
            assertThat(diary.entries).last().isEqualTo("assigned [t-2, t-3]");
            assertThat(diary.entries).filteredOn("revoked [t-0, t-1]"::equals).isEmpty();
        }
    }

    @Test
    void shouldKeepGroupsApart() {
        write(new TopicPartition("t", 0), 0, 5);
        try (Consumer<String, String> one = member("g1");
                Consumer<String, String> two = member("g2")) {
            one.subscribe(Set.of("t"));
            two.subscribe(Set.of("t"));

            assertThat(take(one, 5)).hasSize(5);
            assertThat(take(two, 5)).hasSize(5);
        }
    }

    @Test
    void shouldWakeAWaitingMemberWhenPartitionsAreFreed() throws Exception {
        write(new TopicPartition("t", 0), 0, 1);
        try (Consumer<String, String> one = member("g");
                Consumer<String, String> two = member("g")) {
            one.subscribe(Set.of("t"));
            one.poll(Duration.ZERO);
            two.subscribe(Set.of("t"));
            two.poll(Duration.ZERO);
            CountDownLatch polling = new CountDownLatch(1);
            Future<ConsumerRecords<String, String>> poll = start(() -> {
                polling.countDown();
                return two.poll(PATIENCE.multipliedBy(10));
            });
            polling.await();
            one.unsubscribe();

            assertThat(await(poll).count()).isEqualTo(1);
            assertThat(two.assignment()).hasSize(4);
        }
    }

    @Test
    void shouldLetTheListenerCommitBeforeAPartitionGoes() {
        TopicPartition t3 = new TopicPartition("t", 3);
        write(t3, 0, 10);
        try (Consumer<String, String> one = consumer(EARLIEST.withGroupId("g").withMaxPollRecords(3));
                Consumer<String, String> two = member("g")) {
            one.subscribe(Set.of("t"), new ConsumerRebalanceListener() {
                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                    one.commitSync();
                }

                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    assertThat(one.assignment()).containsAll(partitions);
                }
            });
            take(one, 3);
            two.subscribe(Set.of("t"));
            two.poll(Duration.ZERO);
            one.poll(Duration.ZERO);

            assertThat(values(take(two, 7))).first().isEqualTo("3");
        }
    }

    @Test
    void shouldLetTheListenerCommitWhenTheConsumerIsClosed() {
        TopicPartition t0 = new TopicPartition("t", 0);
        write(t0, 0, 10);
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t"), new RebalanceDiary() {
                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                    consumer.commitSync();
                }
            });
            take(consumer, 10);
        }
        assertThat(admin.committedOffsets("g")).containsEntry(t0, new OffsetAndMetadata(10));
    }

    @Test
    void shouldLetTheListenerSeek() {
        TopicPartition t0 = new TopicPartition("t", 0);
        write(t0, 0, 10);
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t"), new RebalanceDiary() {
                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    consumer.seek(t0, 8);
                }
            });

            assertThat(values(take(consumer, 2))).containsExactly("8", "9");
        }
    }

    @Test
    void shouldRefuseToPollInsideTheListener() {
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t"), new RebalanceDiary() {
                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    consumer.poll(Duration.ZERO);
                }
            });

            assertThatThrownBy(() -> consumer.poll(Duration.ZERO))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("listener");
        }
    }

    @Test
    void shouldGiveUpPartitionsAlsoWhenTheListenerFails() {
        try (Consumer<String, String> one = member("g");
                Consumer<String, String> two = member("g")) {
            AtomicInteger failures = new AtomicInteger();
            one.subscribe(Set.of("t"), new RebalanceDiary() {
                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                    if (failures.getAndIncrement() == 0) {
                        throw new IllegalStateException("no commit today");
                    }
                }
            });
            one.poll(Duration.ZERO);
            two.subscribe(Set.of("t"));
            two.poll(Duration.ZERO);

            assertThatThrownBy(() -> one.poll(Duration.ZERO)).hasMessage("no commit today");
            two.poll(Duration.ZERO);
            one.poll(Duration.ZERO);
            assertThat(one.assignment()).hasSize(2);
            assertThat(two.assignment()).hasSize(2);
        }
    }

    @Test
    void shouldRefuseCommitsForPartitionsOfAnotherMember() {
        TopicPartition t3 = new TopicPartition("t", 3);
        try (Consumer<String, String> one = member("g");
                Consumer<String, String> two = member("g")) {
            one.subscribe(Set.of("t"));
            assertThatThrownBy(() -> one.commitSync(Map.of(t3, new OffsetAndMetadata(1))))
                    .isInstanceOf(CommitFailedException.class)
                    .hasMessageContaining("poll first");
            two.subscribe(Set.of("t"));
            for (int i = 0; i < 3; i++) {
                one.poll(Duration.ZERO);
                two.poll(Duration.ZERO);
            }
            assertThatThrownBy(() -> one.commitSync(Map.of(t3, new OffsetAndMetadata(1))))
                    .isInstanceOf(CommitFailedException.class)
                    .hasMessageContaining("t-3");
            two.commitSync(Map.of(t3, new OffsetAndMetadata(1)));
            assertThat(admin.committedOffsets("g")).containsOnly(Map.entry(t3, new OffsetAndMetadata(1)));
        }
    }

    @Test
    void shouldFollowAChangeOfTheSubscription() {
        createTopic("u", 1);
        RebalanceDiary diary = new RebalanceDiary();
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t", "u"), diary);
            consumer.poll(Duration.ZERO);
            consumer.subscribe(Set.of("u"), diary);
            consumer.poll(Duration.ZERO);

            assertThat(consumer.assignment()).containsExactly(new TopicPartition("u", 0));
            assertThat(diary.entries).last().isEqualTo("revoked [t-0, t-1, t-2, t-3]");
        }
    }

    @Test
    void shouldTakeATopicWhenItIsCreatedLater() throws Exception {
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("later"));
            CountDownLatch polling = new CountDownLatch(1);
            Future<ConsumerRecords<String, String>> poll = start(() -> {
                polling.countDown();
                return consumer.poll(PATIENCE.multipliedBy(10));
            });
            polling.await();
            write(new TopicPartition("later", 0), 7, 1); // creates it

            assertThat(await(poll)).extracting(ConsumerRecord::value).containsExactly("7");
        }
    }

    @Test
    void shouldLoseATopicThatIsDeletedAndReadItsSuccessorFromTheBeginning() {
        TopicPartition t0 = new TopicPartition("t", 0);
        write(t0, 0, 10);
        RebalanceDiary diary = new RebalanceDiary();
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t"), diary);
            take(consumer, 10);
            consumer.commitSync();
            admin.deleteTopic("t");
            createTopic("t", 1);
            write(t0, 100, 3);

            assertThat(values(take(consumer, 3))).containsExactly("100", "101", "102");
            assertThat(diary.entries)
                    .containsExactly("assigned [t-0, t-1, t-2, t-3]", "revoked [t-0, t-1, t-2, t-3]", "assigned [t-0]");
        }
    }

    @Test
    void shouldProcessEveryRecordOnceWhileMembersComeAndGo() throws Exception {
        int records = 4000;
        for (TopicPartition partition : partitions("t", 4)) {
            write(partition, 0, records / 4);
        }
        ConcurrentLinkedQueue<String> processed = new ConcurrentLinkedQueue<>();
        AtomicInteger count = new AtomicInteger();
        List<Future<Integer>> members = new ArrayList<>();
        for (int m = 0; m < 4; m++) {
            int life = 5 + 20 * m; // polls until it leaves; the last one stays
            boolean stays = m == 3;
            members.add(start(() -> consumeAndCommit(life, stays, processed, count, records)));
        }
        for (Future<Integer> member : members) {
            await(member);
        }
        assertThat(processed).hasSize(records).doesNotHaveDuplicates();
    }

    private Integer consumeAndCommit(
            int life, boolean stays, ConcurrentLinkedQueue<String> processed, AtomicInteger count, int records) {
        ConsumerConfig config = EARLIEST.withGroupId("g").withMaxPollRecords(7);
        int polls = 0;
        try (Consumer<String, String> consumer = consumer(config)) {
            consumer.subscribe(Set.of("t"));
            while (count.get() < records && (stays || polls++ < life)) {
                ConsumerRecords<String, String> polled = consumer.poll(Duration.ofMillis(10));
                polled.forEach(record -> processed.add(record.partition() + "@" + record.offset()));
                count.addAndGet(polled.count());
                consumer.commitSync();
            }
        }
        return polls;
    }

    @Test
    void shouldTellWhoItIsInTheGroup() {
        try (Consumer<String, String> one = member("g");
                Consumer<String, String> two = member("g")) {
            assertThat(one.groupMetadata()).isEqualTo(new ConsumerGroupMetadata("g"));
            one.subscribe(Set.of("t"));
            one.poll(Duration.ZERO);
            ConsumerGroupMetadata first = one.groupMetadata();
            two.subscribe(Set.of("t"));
            two.poll(Duration.ZERO);
            assertThat(one.groupMetadata()).as("not before it polls again").isEqualTo(first);
            one.poll(Duration.ZERO);

            assertThat(one.groupMetadata().memberId()).isEqualTo(first.memberId());
            assertThat(one.groupMetadata().generationId()).isGreaterThan(first.generationId());
            assertThat(two.groupMetadata().memberId()).isNotEmpty().isNotEqualTo(first.memberId());
            one.unsubscribe();
            assertThat(one.groupMetadata()).isEqualTo(new ConsumerGroupMetadata("g"));
        }
    }

    @Test
    void shouldRefuseToSubscribeWithoutGroup() {
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            assertThatThrownBy(() -> consumer.subscribe(Set.of("t"))).isInstanceOf(InvalidGroupIdException.class);
        }
    }

    @Test
    void shouldRefuseToAssignWhileSubscribed() {
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t"));
            assertThatThrownBy(() -> consumer.assign(partitions("t", 1))).isInstanceOf(IllegalStateException.class);
            consumer.unsubscribe();
            consumer.assign(partitions("t", 1));
            assertThat(consumer.assignment()).hasSize(1);
        }
    }
}
