package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.FencedInstanceIdException;
import io.tailrace.common.errors.InconsistentGroupProtocolException;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.log.api.Assignor;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.OffsetAndMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Static members, assignors, patterns and commits that consumers make by themselves, on a clock moved by hand. */
abstract class MembershipContract extends LogContract {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final Duration SESSION = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();

    MembershipContract(LogHome home) {
        super(home);
    }

    @BeforeEach
    void createTopic() {
        reopen(LogOptions.DEFAULT.withTime(time));
        createTopic("t", 4);
    }

    /** Tells lost partitions from revoked ones. */
    private static final class Diary extends RebalanceDiary {
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            entries.add("lost " + new TreeSet<>(partitions));
        }
    }

    private static ConsumerConfig staticMember(String instanceId) {
        return EARLIEST.withGroupId("g").withGroupInstanceId(instanceId).withSessionTimeout(SESSION);
    }

    @Test
    void shouldGiveAStaticMemberThatComesBackThePartitionsItHad() {
        Diary diary = new Diary();
        try (Consumer<String, String> other = member("g")) {
            Consumer<String, String> first = consumer(staticMember("a"));
            first.subscribe(Set.of("t"));
            first.poll(Duration.ZERO);
            other.subscribe(Set.of("t"), diary);
            other.poll(Duration.ZERO);
            first.poll(Duration.ZERO);
            other.poll(Duration.ZERO);
            Set<TopicPartition> had = first.assignment();
            assertThat(had).hasSize(2);
            first.close();
            time.advance(SESSION.minusNanos(1));
            other.poll(Duration.ZERO);

            try (Consumer<String, String> second = consumer(staticMember("a"))) {
                second.subscribe(Set.of("t"));
                second.poll(Duration.ZERO);
                assertThat(second.assignment()).isEqualTo(had);
                time.advance(SESSION.multipliedBy(2));
                other.poll(Duration.ZERO);
                assertThat(diary.entries).containsExactly("assigned [t-2, t-3]");
            }
        }
    }

    @Test
    void shouldGiveAwayThePartitionsOfAStaticMemberThatStaysAway() {
        try (Consumer<String, String> other = member("g")) {
            try (Consumer<String, String> first = consumer(staticMember("a"))) {
                first.subscribe(Set.of("t"));
                first.poll(Duration.ZERO);
                other.subscribe(Set.of("t"));
                other.poll(Duration.ZERO);
            }
            other.poll(Duration.ZERO);
            assertThat(other.assignment()).hasSize(2);
            time.advance(SESSION);
            other.poll(Duration.ZERO);
            assertThat(other.assignment()).hasSize(4);
        }
    }

    @Test
    void shouldWakeAWaitingMemberWhenTheSessionOfAnotherTimesOut() throws Exception {
        reopen(); // the clock of the machine
        write(T0, 0, 1);
        try (Consumer<String, String> other = member("g")) {
            try (Consumer<String, String> first =
                    consumer(staticMember("a").withSessionTimeout(Duration.ofMillis(50)))) {
                first.subscribe(Set.of("t"));
                first.poll(Duration.ZERO);
                other.subscribe(Set.of("t"));
                other.poll(Duration.ZERO);
            }
            CountDownLatch polling = new CountDownLatch(1);
            Future<ConsumerRecords<String, String>> poll = start(() -> {
                polling.countDown();
                return other.poll(PATIENCE.multipliedBy(10));
            });
            polling.await();

            assertThat(await(poll).count()).isEqualTo(1);
        }
    }

    @Test
    void shouldFenceTheOlderOfTwoConsumersWithOneInstanceId() {
        Diary diary = new Diary();
        try (Consumer<String, String> old = consumer(staticMember("a"));
                Consumer<String, String> young = consumer(staticMember("a"))) {
            old.subscribe(Set.of("t"), diary);
            old.poll(Duration.ZERO);
            young.subscribe(Set.of("t"));
            young.poll(Duration.ZERO);
            assertThat(young.assignment()).hasSize(4);

            assertThatThrownBy(() -> old.commitSync(Map.of(T0, new OffsetAndMetadata(1))))
                    .isInstanceOf(FencedInstanceIdException.class);
            assertThatThrownBy(() -> old.poll(Duration.ZERO))
                    .isInstanceOf(FencedInstanceIdException.class)
                    .hasMessageContainingAll("'a'", "group g");
            assertThatThrownBy(() -> old.poll(Duration.ZERO)).isInstanceOf(FencedInstanceIdException.class);
            assertThat(old.assignment()).isEmpty();
            assertThat(diary.entries).containsExactly("assigned [t-0, t-1, t-2, t-3]", "lost [t-0, t-1, t-2, t-3]");
            old.subscribe(Set.of("t", "u"), diary);
            assertThatThrownBy(() -> old.poll(Duration.ZERO)).isInstanceOf(FencedInstanceIdException.class);
            old.unsubscribe();
            old.subscribe(Set.of("t"), diary);
            old.poll(Duration.ZERO);
            assertThat(old.assignment()).hasSize(4);
            assertThatThrownBy(() -> young.poll(Duration.ZERO)).isInstanceOf(FencedInstanceIdException.class);
        }
    }

    @Test
    void shouldWakeTheConsumerThatIsFenced() throws Exception {
        try (Consumer<String, String> old = consumer(staticMember("a"));
                Consumer<String, String> young = consumer(staticMember("a"))) {
            old.subscribe(Set.of("t"));
            old.poll(Duration.ZERO);
            CountDownLatch polling = new CountDownLatch(1);
            Future<ConsumerRecords<String, String>> poll = start(() -> {
                polling.countDown();
                return old.poll(PATIENCE.multipliedBy(10));
            });
            polling.await();
            young.subscribe(Set.of("t"));
            young.poll(Duration.ZERO);

            assertThatThrownBy(() -> await(poll)).isInstanceOf(FencedInstanceIdException.class);
        }
    }

    @Test
    void shouldRefuseAMemberWithoutACommonAssignor() {
        try (Consumer<String, String> one = consumer(EARLIEST.withGroupId("g").withAssignors(Assignor.RANGE));
                Consumer<String, String> two =
                        consumer(EARLIEST.withGroupId("g").withAssignors(Assignor.STICKY))) {
            one.subscribe(Set.of("t"));
            one.poll(Duration.ZERO);
            two.subscribe(Set.of("t"));

            assertThatThrownBy(() -> two.poll(Duration.ZERO)).isInstanceOf(InconsistentGroupProtocolException.class);
            one.unsubscribe();
            two.poll(Duration.ZERO);
            assertThat(two.assignment()).hasSize(4);
        }
    }

    @Test
    void shouldDealOutPartitionsInTurn() {
        ConsumerConfig config = EARLIEST.withGroupId("g").withAssignors(Assignor.ROUND_ROBIN);
        try (Consumer<String, String> one = consumer(config);
                Consumer<String, String> two = consumer(config)) {
            one.subscribe(Set.of("t"));
            two.subscribe(Set.of("t"));
            for (int i = 0; i < 2; i++) {
                one.poll(Duration.ZERO);
                two.poll(Duration.ZERO);
            }
            assertThat(one.assignment()).containsExactly(T0, new TopicPartition("t", 2));
            assertThat(two.assignment()).containsExactly(new TopicPartition("t", 1), new TopicPartition("t", 3));
        }
    }

    @Test
    void shouldFollowTopicsThatMatchAPattern() {
        createTopic("orders-eu", 1);
        Diary diary = new Diary();
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Pattern.compile("orders-.*"), diary);
            assertThat(consumer.subscription()).containsExactly("orders-eu");
            consumer.poll(Duration.ZERO);
            createTopic("orders-us", 1);
            createTopic("more-orders-us", 1);
            write(new TopicPartition("orders-us", 0), 7, 1);

            assertThat(values(take(consumer, 1))).containsExactly("7");
            assertThat(consumer.subscription()).containsExactly("orders-eu", "orders-us");
            admin.deleteTopic("orders-eu");
            consumer.poll(Duration.ZERO);
            assertThat(consumer.assignment()).containsExactly(new TopicPartition("orders-us", 0));
            assertThat(diary.entries)
                    .containsExactly("assigned [orders-eu-0]", "assigned [orders-us-0]", "lost [orders-eu-0]");
        }
    }

    @Test
    void shouldNotMatchInternalTopics() {
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Pattern.compile(".*"));
            consumer.poll(Duration.ZERO);
            consumer.commitSync();
            consumer.poll(Duration.ZERO);

            assertThat(admin.listTopics()).contains("__consumer_offsets");
            assertThat(consumer.subscription()).containsExactly("t");
            assertThat(consumer.assignment()).hasSize(4);
        }
    }

    @Test
    void shouldCommitByItselfWhenTheIntervalHasPassed() {
        write(T0, 0, 10);
        ConsumerConfig config =
                EARLIEST.withGroupId("g").withMaxPollRecords(4).withAutoCommitInterval(Duration.ofSeconds(5));
        try (Consumer<String, String> consumer = consumer(config)) {
            consumer.subscribe(Set.of("t"));
            take(consumer, 4);
            take(consumer, 4);
            assertThat(admin.committedOffsets("g")).isEmpty();
            time.advance(Duration.ofSeconds(5));
            take(consumer, 2);
            assertThat(admin.committedOffsets("g"))
                    .as("what the polls before had returned")
                    .containsEntry(T0, new OffsetAndMetadata(8));
        }
        assertThat(admin.committedOffsets("g")).as("by closing").containsEntry(T0, new OffsetAndMetadata(10));
    }

    @Test
    void shouldCommitByItselfBeforePartitionsAreGivenUp() {
        TopicPartition t3 = new TopicPartition("t", 3);
        write(t3, 0, 10);
        ConsumerConfig config = EARLIEST.withGroupId("g").withAutoCommitInterval(Duration.ofHours(1));
        try (Consumer<String, String> one = consumer(config);
                Consumer<String, String> two = consumer(config)) {
            one.subscribe(Set.of("t"));
            take(one, 10);
            two.subscribe(Set.of("t"));
            two.poll(Duration.ZERO);
            one.poll(Duration.ZERO);

            assertThat(admin.committedOffsets("g")).containsEntry(t3, new OffsetAndMetadata(10));
            two.poll(Duration.ZERO);
            assertThat(two.position(t3)).isEqualTo(10);
        }
    }

    @Test
    void shouldCommitPartitionsAssignedByHandByItself() {
        write(T0, 0, 10);
        try (Consumer<String, String> consumer =
                consumer(EARLIEST.withGroupId("g").withAutoCommitInterval(Duration.ofHours(1)))) {
            consumer.assign(Set.of(T0));
            take(consumer, 10);
        }
        assertThat(admin.committedOffsets("g")).containsOnly(Map.entry(T0, new OffsetAndMetadata(10)));
        assertThatThrownBy(() -> consumer(EARLIEST.withAutoCommitInterval(Duration.ZERO)))
                .isInstanceOf(InvalidGroupIdException.class);
    }

    @Test
    void shouldTellTheOutcomeOfAnAsynchronousCommitInTheNextPoll() {
        List<String> outcomes = new ArrayList<>();
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t"));
            consumer.poll(Duration.ZERO);
            consumer.commitAsync(
                    Map.of(T0, new OffsetAndMetadata(3)), (offsets, e) -> outcomes.add(offsets + " " + (e == null)));
            consumer.commitAsync(
                    Map.of(new TopicPartition("none", 0), new OffsetAndMetadata(3)),
                    (offsets, e) -> outcomes.add(String.valueOf(e)));
            assertThat(outcomes).isEmpty();
            consumer.poll(Duration.ZERO);

            assertThat(outcomes).hasSize(2);
            assertThat(outcomes.get(0)).contains("t-0", "offset=3", "true");
            assertThat(outcomes.get(1)).contains("none");
            consumer.commitAsync((offsets, e) -> outcomes.add("closed " + (e == null)));
        }
        assertThat(outcomes).last().isEqualTo("closed true");
        assertThat(admin.committedOffsets("g")).containsEntry(T0, new OffsetAndMetadata(0));
    }
}
