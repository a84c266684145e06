package io.tailrace.systemtests.kafkaformat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.serde.ByteArrayDeserializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.NoCompression;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordHelpers;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed offsets of groups, as Kafka's group coordinator stores them. */
class OffsetsTopicFormatTest {
    private static final TopicPartition FLIGHTS = new TopicPartition("flights", 1);
    private static final String GROUP = "größe"; // more bytes than characters

    private final GroupCoordinatorRecordSerde serde = new GroupCoordinatorRecordSerde();

    @TempDir
    Path home;

    @BeforeEach
    void commit() {
        try (EmbeddedLog log = EmbeddedLog.open(home)) {
            log.admin().createTopic(new NewTopic("flights", 2));
            try (Consumer<byte[], byte[]> consumer = consumer(log)) {
                consumer.commitSync(Map.of(FLIGHTS, new OffsetAndMetadata(42, "why not")));
            }
        }
    }

    private static Consumer<byte[], byte[]> consumer(EmbeddedLog log) {
        return log.newConsumer(
                ConsumerConfig.DEFAULT.withGroupId(GROUP), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Test
    void shouldLetTheGroupCoordinatorReadACommit() throws IOException {
        List<CoordinatorRecord> records = new ArrayList<>();
        for (Path file : files()) {
            try (FileRecords stored = FileRecords.open(file.toFile(), false)) {
                for (Record record : stored.records()) {
                    records.add(serde.deserialize(record.key(), record.value()));
                }
            }
        }
        assertThat(records).anySatisfy(record -> {
            assertThat(record.key())
                    .isEqualTo(new OffsetCommitKey()
                            .setGroup(GROUP)
                            .setTopic("flights")
                            .setPartition(1));
            OffsetCommitValue value = (OffsetCommitValue) record.value().message();
            assertThat(value.offset()).isEqualTo(42);
            assertThat(value.metadata()).isEqualTo("why not");
            assertThat(value.leaderEpoch()).isEqualTo(-1);
            assertThat(value.commitTimestamp()).isPositive();
        });
    }

    @Test
    void shouldLetTheDumpToolPrintACommit() throws IOException {
        assertThat(DumpTool.run(files(), "--offsets-decoder", "--print-data-log"))
                .contains("\"group\":\"" + GROUP + "\"", "\"offset\":42", "\"metadata\":\"why not\"");
    }

    @Test
    void shouldReadTheCommitsOfTheGroupCoordinator() throws IOException {
        List<CoordinatorRecord> commits = List.of(
                offset(GROUP, 0, 7, OptionalLong.empty(), Uuid.ZERO_UUID),
                offset(GROUP, 1, 50, OptionalLong.of(9_000_000_000_000L), Uuid.ZERO_UUID),
                offset(GROUP, 1, 51, OptionalLong.empty(), Uuid.randomUuid()),
                GroupCoordinatorRecordHelpers.newOffsetCommitTombstoneRecord(GROUP, "flights", 0));
        SimpleRecord[] records = commits.stream()
                .map(commit -> new SimpleRecord(1, serde.serializeKey(commit), serde.serializeValue(commit)))
                .toArray(SimpleRecord[]::new);
        try (KafkaPartition kafka =
                KafkaPartition.open(requireNonNull(files().get(0).getParent()), 1_000_000)) {
            kafka.append(MemoryRecords.withRecords(NoCompression.NONE, records));
        }
        try (EmbeddedLog log = EmbeddedLog.open(home);
                Consumer<byte[], byte[]> consumer = consumer(log)) {
            assertThat(consumer.committed(Set.of(FLIGHTS, new TopicPartition("flights", 0))))
                    .isEqualTo(Map.of(FLIGHTS, new OffsetAndMetadata(51, "m")));
        }
    }

    private static CoordinatorRecord offset(
            String group, int partition, long offset, OptionalLong expires, Uuid topicId) {
        return GroupCoordinatorRecordHelpers.newOffsetCommitRecord(
                group,
                "flights",
                partition,
                new org.apache.kafka.coordinator.group.OffsetAndMetadata(
                        offset, OptionalInt.of(3), "m", 1_000, expires, topicId));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.toString().contains("__consumer_offsets-")
                            && file.toString().endsWith(".log"))
                    .toList();
        }
    }
}
