package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.config.ConfigException;
import io.tailrace.common.errors.GroupNotEmptyException;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.TopicExistsException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.StringSerializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Topics and committed offsets by hand. */
abstract class AdminContract extends LogContract {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    AdminContract(LogHome home) {
        super(home);
    }

    @Test
    void shouldListTopicsSorted() {
        createTopic("b", 1);
        createTopic("a", 1);

        assertThat(admin.listTopics()).containsExactly("a", "b");
    }

    @Test
    void shouldDescribeATopicWithItsEffectiveConfigs() {
        admin.createTopic(new NewTopic("t", 3, Map.of("segment.bytes", "65536")));

        assertThat(admin.describeTopic("t").partitions()).isEqualTo(3);
        assertThat(admin.describeTopic("t").topicPartitions()).containsExactlyElementsOf(partitions("t", 3));
        assertThat(admin.describeTopic("t").configs())
                .containsEntry("segment.bytes", "65536")
                .containsEntry("index.interval.bytes", "4096");
        assertThat(admin.findTopic("t")).contains(admin.describeTopic("t"));
        assertThat(admin.findTopic("none")).isEmpty();
    }

    @Test
    void shouldTakeTheSegmentSizeOfTheOptionsAsDefault() {
        reopen(LogOptions.DEFAULT.withSegmentBytes(2048));
        createTopic("t", 1);

        assertThat(admin.describeTopic("t").configs()).containsEntry("segment.bytes", "2048");
    }

    @Test
    void shouldRefuseTopicsThatCannotBe() {
        createTopic("t", 1);

        assertThatThrownBy(() -> createTopic("t", 1)).isInstanceOf(TopicExistsException.class);
        assertThatThrownBy(() -> createTopic("no/name", 1)).isInstanceOf(InvalidTopicException.class);
        assertThatThrownBy(() -> createTopic("__consumer_offsets", 1)).isInstanceOf(InvalidTopicException.class);
        assertThatThrownBy(() -> admin.createTopic(new NewTopic("u", 1, Map.of("cleanup.policy", "compact"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cleanup.policy")
                .hasMessageContaining("segment.bytes");
        assertThat(admin.listTopics()).containsExactly("t");
    }

    @Test
    void shouldDeleteATopicWithItsRecordsAndOffsets() {
        createTopic("t", 1);
        createTopic("u", 1);
        write(T0, 0, 10);
        write(new TopicPartition("u", 0), 0, 10);
        admin.alterCommittedOffsets(
                "g", Map.of(T0, new OffsetAndMetadata(5), new TopicPartition("u", 0), new OffsetAndMetadata(6)));
        admin.deleteTopic("t");

        assertThat(admin.listTopics()).containsExactly("__consumer_offsets", "u");
        assertThat(admin.committedOffsets("g")).containsOnlyKeys(new TopicPartition("u", 0));
        assertThatThrownBy(() -> admin.describeTopic("t")).isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThatThrownBy(() -> admin.deleteTopic("t")).isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThatThrownBy(() -> admin.endOffsets(List.of(T0))).isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void shouldNotShowOldRecordsInATopicThatWasCreatedAgain() {
        createTopic("t", 2);
        write(T0, 0, 10);
        admin.deleteTopic("t");
        createTopic("t", 1);

        assertThat(admin.endOffsets(List.of(T0))).containsEntry(T0, 0L);
        write(T0, 100, 2);
        assertThat(read(T0)).containsExactly("100", "101");
    }

    @Test
    void shouldRefuseToDeleteTheOffsetsTopic() {
        createTopic("t", 1);
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(0)));

        assertThatThrownBy(() -> admin.deleteTopic("__consumer_offsets"))
                .isInstanceOf(InvalidTopicException.class)
                .hasMessageContaining("delete groups");
    }

    @Test
    void shouldAlterListAndDeleteGroups() {
        createTopic("t", 1);
        admin.alterCommittedOffsets("g2", Map.of(T0, new OffsetAndMetadata(3, "reset")));
        admin.alterCommittedOffsets("g1", Map.of(T0, new OffsetAndMetadata(4)));

        assertThat(admin.listGroups()).containsExactly("g1", "g2");
        assertThat(admin.committedOffsets("g2")).containsOnly(Map.entry(T0, new OffsetAndMetadata(3, "reset")));
        admin.deleteGroup("g2");
        admin.deleteGroup("g2");
        assertThat(admin.listGroups()).containsExactly("g1");
        assertThat(admin.committedOffsets("g2")).isEmpty();
        assertThatThrownBy(() -> admin.alterCommittedOffsets(" ", Map.of(T0, new OffsetAndMetadata(3))))
                .isInstanceOf(InvalidGroupIdException.class);
    }

    @Test
    void shouldProtectGroupsThatHaveMembers() {
        createTopic("t", 1);
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t"));
            consumer.poll(Duration.ZERO);

            assertThat(admin.listGroups()).containsExactly("g");
            assertThatThrownBy(() -> admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(3))))
                    .isInstanceOf(GroupNotEmptyException.class);
            assertThatThrownBy(() -> admin.deleteGroup("g")).isInstanceOf(GroupNotEmptyException.class);
        }
        assertThat(admin.listGroups()).isEmpty();
    }

    @Test
    void shouldKeepTopicsRecordsAndOffsetsAcrossAReopen() {
        admin.createTopic(new NewTopic("t", 2, Map.of("segment.bytes", "4096")));
        write(T0, 0, 1000);
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(5, "x")));
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(600, "y")));
        admin.alterCommittedOffsets("gone", Map.of(T0, new OffsetAndMetadata(1)));
        admin.deleteGroup("gone");
        reopen();

        assertThat(admin.listTopics()).containsExactly("__consumer_offsets", "t");
        assertThat(admin.describeTopic("t").partitions()).isEqualTo(2);
        assertThat(admin.describeTopic("t").configs()).containsEntry("segment.bytes", "4096");
        assertThat(read(T0)).hasSize(1000).startsWith("0").endsWith("999");
        assertThat(admin.listGroups()).containsExactly("g");
        assertThat(admin.committedOffsets("g")).containsOnly(Map.entry(T0, new OffsetAndMetadata(600, "y")));
        write(T0, 1000, 1);
        assertThat(admin.endOffsets(List.of(T0))).containsEntry(T0, 1001L);
    }

    @Test
    void shouldForgetDeletedTopicsAcrossAReopen() {
        createTopic("t", 1);
        write(T0, 0, 10);
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(5)));
        admin.deleteTopic("t");
        reopen();
        createTopic("t", 1);

        assertThat(admin.committedOffsets("g")).isEmpty();
        assertThat(read(T0)).isEmpty();
    }

    @Test
    void shouldRefuseEverythingAfterClose() {
        createTopic("t", 1);
        log.close();
        log.close();

        assertThatThrownBy(() -> admin.listTopics())
                .isInstanceOf(LogClosedException.class)
                .hasMessageContaining("log ");
        assertThatThrownBy(() -> createTopic("u", 1)).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> admin.deleteTopic("t")).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> admin.findTopic("t")).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> admin.endOffsets(List.of(T0))).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> admin.listGroups()).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> admin.committedOffsets("g")).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> log.admin()).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(
                        () -> log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer()))
                .isInstanceOf(LogClosedException.class);
    }
}
