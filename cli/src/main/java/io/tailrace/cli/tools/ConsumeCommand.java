package io.tailrace.cli.tools;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetReset;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.serde.Serdes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tailrace consume}. */
@Command(
        name = "consume",
        description = {
            "Prints the records of a topic, one a line: the value, or the fields that --print names.",
            "Stops at the records that were there when it began. With --group it reads on where the group has stopped, and"
                    + " commits what it has printed. With --follow it reads beside a process that has the log open, and"
                    + " prints what that one appends until Ctrl-C."
        })
@SuppressWarnings("NullAway.Init") // injected by picocli
public final class ConsumeCommand extends ToolCommand {
    private static final int MOST_PER_POLL = 500;
    private static final Duration WAIT = Duration.ofMillis(50);
    /** An open transaction can hold records back that are in front of the end; nobody is there to end it. */
    private static final int MOST_EMPTY_POLLS = 3;

    @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "Which one.")
    private String topic;

    @Option(names = "--partition", paramLabel = "N", description = "Only these; may be given several times.")
    private List<Integer> partitions = List.of();

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            description =
                    "Where to begin: " + Places.SYNTAX
                            + ". Default: earliest. With --group, only earliest or latest, for what the group has not committed.")
    private @Nullable String from;

    @Option(names = "--max", paramLabel = "N", description = "Stop after so many records.")
    private @Nullable Long max;

    @Option(
            names = "--follow",
            description =
                    "Read beside the process that has the log open, which may also come later, and go on until Ctrl-C."
                            + " Shows all that is in the files, also open and aborted transactions; excludes --group.")
    private boolean follow;

    @Option(names = "--group", paramLabel = "GROUP", description = "Read and commit as a member of this group.")
    private @Nullable String group;

    @Option(
            names = "--isolation",
            paramLabel = "LEVEL",
            defaultValue = "read_uncommitted",
            description = "read_uncommitted, or read_committed to leave out aborted and open transactions; default:"
                    + " read_uncommitted.")
    private String isolation;

    @Option(
            names = "--print",
            paramLabel = "FIELD",
            split = ",",
            defaultValue = "value",
            description = "Fields with commas between, printed with tabs between: topic, partition, offset, timestamp,"
                    + " timestampType, headers, key, value. Default: value.")
    private List<String> fields = List.of();

    @Mixin
    private FormatOptions formats;

    @Override
    public Integer call() {
        if (max != null && max < 1) {
            throw wrong("--max " + max + ", expected 1 or more");
        }
        for (String field : fields) {
            if (!RecordPrinter.FIELDS.contains(field)) {
                throw wrong("--print " + field + ", expected some of " + String.join(", ", RecordPrinter.FIELDS));
            }
        }
        if (group != null && !partitions.isEmpty()) {
            throw wrong("--partition and --group exclude each other: a group divides all partitions");
        }
        RecordPrinter printer = new RecordPrinter(out(), json(), fields, formats.key(), formats.value());
        OffsetReset start = start();
        if (follow) {
            if (group != null
                    || isolation() == IsolationLevel.READ_COMMITTED
                    || start instanceof OffsetReset.ToDatetime) {
                throw wrong("--follow excludes --group, --isolation read_committed and --from timestamp:T");
            }
            new Follower(data(), topic, partitions, printer, max == null ? Long.MAX_VALUE : max, err()).run(start);
            return DONE;
        }
        try (EmbeddedLog log = data().open();
                Consumer<byte[], byte[]> consumer = log.newConsumer(
                        config(start),
                        Serdes.ByteArray().deserializer(),
                        Serdes.ByteArray().deserializer())) {
            log.admin().describeTopic(topic); // names the topic when there is none
            if (group == null) {
                List<TopicPartition> assigned = assigned(consumer);
                consumer.assign(assigned);
                seek(consumer, assigned, start);
            } else {
                consumer.subscribe(List.of(topic));
            }
            consume(consumer, printer);
        }
        return DONE;
    }

    private OffsetReset start() {
        OffsetReset start = from == null ? OffsetReset.toEarliest() : Places.parse(from);
        boolean fits = start instanceof OffsetReset.ToEarliest
                || start instanceof OffsetReset.ToLatest
                || (group == null
                        && (start instanceof OffsetReset.ToOffset || start instanceof OffsetReset.ToDatetime));
        if (start == null || !fits) {
            throw wrong("--from " + from + ", expected "
                    + (group == null ? Places.SYNTAX : "earliest or latest; 'tailrace groups reset' moves a group"));
        }
        return start;
    }

    private ConsumerConfig config(OffsetReset start) {
        ConsumerConfig config = ConsumerConfig.DEFAULT
                .withIsolationLevel(isolation())
                .withMaxPollRecords((int) Math.min(max == null ? MOST_PER_POLL : max, MOST_PER_POLL))
                .withAutoOffsetReset(
                        start instanceof OffsetReset.ToLatest ? OffsetResetPolicy.LATEST : OffsetResetPolicy.EARLIEST);
        return group == null ? config : config.withGroupId(group);
    }

    private IsolationLevel isolation() {
        return switch (isolation) {
            case "read_uncommitted" -> IsolationLevel.READ_UNCOMMITTED;
            case "read_committed" -> IsolationLevel.READ_COMMITTED;
            default -> throw wrong("--isolation " + isolation + ", expected read_uncommitted or read_committed");
        };
    }

    private List<TopicPartition> assigned(Consumer<?, ?> consumer) {
        List<TopicPartition> all = consumer.partitionsFor(topic);
        for (int partition : partitions) {
            if (partition < 0 || partition >= all.size()) {
                throw wrong("--partition " + partition + ", expected 0.." + (all.size() - 1));
            }
        }
        return all.stream()
                .filter(each -> partitions.isEmpty() || partitions.contains(each.partition()))
                .toList();
    }

    private static void seek(Consumer<?, ?> consumer, List<TopicPartition> assigned, OffsetReset start) {
        if (start instanceof OffsetReset.ToOffset place) {
            assigned.forEach(each -> consumer.seek(each, place.offset()));
        } else if (start instanceof OffsetReset.ToDatetime place) {
            Map<TopicPartition, Long> times = new HashMap<>();
            assigned.forEach(each -> times.put(each, place.datetime().toEpochMilli()));
            consumer.seekToEnd(assigned); // where all records are older
            consumer.offsetsForTimes(times).forEach((each, found) -> consumer.seek(each, found.offset()));
        } else if (start instanceof OffsetReset.ToLatest) {
            consumer.seekToEnd(assigned);
        } else {
            consumer.seekToBeginning(assigned);
        }
    }

    private void consume(Consumer<byte[], byte[]> consumer, RecordPrinter printer) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.partitionsFor(topic));
        Map<TopicPartition, OffsetAndMetadata> printed = new HashMap<>();
        long left = max == null ? Long.MAX_VALUE : max;
        int emptyPolls = 0;
        do {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(WAIT);
            emptyPolls = polled.isEmpty() ? emptyPolls + 1 : 0;
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (left == 0 || record.offset() >= ends.getOrDefault(partition, 0L)) {
                    continue; // the next run begins with it
                }
                printer.print(record);
                printed.put(partition, new OffsetAndMetadata(record.offset() + 1, ""));
                left--;
            }
            if (group != null && !printed.isEmpty()) {
                out().flush();
                consumer.commitSync(printed);
                printed.clear();
            }
        } while (left > 0 && emptyPolls < MOST_EMPTY_POLLS && !isAtEnd(consumer, ends) && !out().checkError());
    }

    private static boolean isAtEnd(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> held = consumer.assignment();
        return held.stream().allMatch(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
    }
}
