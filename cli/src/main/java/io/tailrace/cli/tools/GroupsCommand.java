package io.tailrace.cli.tools;

import io.tailrace.cli.console.JsonLine;
import io.tailrace.cli.console.Table;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.GroupDescription;
import io.tailrace.log.api.GroupProgress;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetReset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tailrace groups}. */
@Command(
        name = "groups",
        description = "Lists, describes, resets and deletes consumer groups.",
        subcommands = {
            GroupsCommand.ListGroups.class,
            GroupsCommand.Describe.class,
            GroupsCommand.Reset.class,
            GroupsCommand.Delete.class
        })
public final class GroupsCommand extends CommandGroup {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    @Command(name = "list", description = "Lists all groups that have committed offsets.")
    static final class ListGroups extends ToolCommand {
        @Override
        public Integer call() {
            Table table = new Table("group", ">partitions", ">lag");
            try (EmbeddedLog log = data().open()) {
                for (String name : log.admin().listGroups()) {
                    GroupDescription group = log.admin().describeGroup(name);
                    int partitions = group.progress().size();
                    long lag = group.progress().values().stream()
                            .mapToLong(progress -> progress.lag().orElse(0))
                            .sum();
                    if (json()) {
                        print(new JsonLine()
                                .put("group", name)
                                .put("partitions", partitions)
                                .put("lag", lag));
                    } else {
                        table.row(name, number(partitions), number(lag));
                    }
                }
            }
            if (!json()) {
                print(table);
            }
            return DONE;
        }
    }

    @Command(name = "describe", description = "Shows how far groups are in each partition.")
    static final class Describe extends ToolCommand {
        @Parameters(paramLabel = "GROUP", arity = "1..*", description = "Which ones.")
        private List<String> groups = List.of();

        @Override
        public Integer call() {
            Table table = new Table("group", "topic", ">partition", ">committed", ">end", ">lag", "metadata");
            try (EmbeddedLog log = data().open()) {
                for (String group : groups) {
                    Map<TopicPartition, GroupProgress> progress =
                            log.admin().describeGroup(group).progress();
                    progress.keySet().stream()
                            .sorted(ORDER)
                            .forEach(each -> show(table, group, each, progress.get(each)));
                }
            }
            if (!json()) {
                print(table);
            }
            return DONE;
        }

        private void show(Table table, String group, TopicPartition partition, @Nullable GroupProgress progress) {
            if (progress == null) {
                return;
            }
            OffsetAndMetadata committed = progress.committed().orElse(null);
            OptionalLong lag = progress.lag();
            if (json()) {
                print(new JsonLine()
                        .put("group", group)
                        .put("topic", partition.topic())
                        .put("partition", partition.partition())
                        .put("committedOffset", committed == null ? null : committed.offset())
                        .put("endOffset", progress.endOffset())
                        .put("lag", lag.isPresent() ? lag.getAsLong() : null)
                        .put("metadata", committed == null ? null : committed.metadata()));
            } else {
                table.row(
                        group,
                        partition.topic(),
                        number(partition.partition()),
                        committed == null ? "-" : number(committed.offset()),
                        number(progress.endOffset()),
                        lag.isPresent() ? number(lag.getAsLong()) : "-",
                        committed == null ? "" : committed.metadata());
            }
        }
    }

    @Command(
            name = "reset",
            description =
                    "Moves the committed offsets of a group. An offset outside of a partition becomes its first or"
                            + " its end.")
    @SuppressWarnings("NullAway.Init") // injected by picocli
    static final class Reset extends ToolCommand {
        @Parameters(paramLabel = "GROUP", description = "Which one; it is made when it does not exist.")
        private String group;

        @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "May be given several times.")
        private List<String> topics = List.of();

        @Option(names = "--partition", paramLabel = "N", description = "Only these; may be given several times.")
        private List<Integer> partitions = List.of();

        @Option(
                names = "--to",
                paramLabel = "PLACE",
                required = true,
                description = "Where to: " + Places.RESET_SYNTAX + ".")
        private String to;

        @Option(names = "--dry-run", description = "Only show what would be committed.")
        private boolean dryRun;

        @Override
        public Integer call() {
            OffsetReset reset = Places.parse(to);
            if (reset == null) {
                throw wrong("--to " + to + ", expected " + Places.RESET_SYNTAX);
            }
            Table table = new Table("topic", ">partition", ">committed", ">now");
            try (EmbeddedLog log = data().open()) {
                List<TopicPartition> wanted = partitions(log);
                Map<TopicPartition, OffsetAndMetadata> before = log.admin().committedOffsets(group);
                Map<TopicPartition, OffsetAndMetadata> after = dryRun
                        ? log.admin().planOffsetReset(group, wanted, reset)
                        : log.admin().resetOffsets(group, wanted, reset);
                after.keySet().stream()
                        .sorted(ORDER)
                        .forEach(each -> show(table, each, before.get(each), after.get(each)));
            } catch (IllegalArgumentException e) {
                throw wrong("--to " + to + ": " + e.getMessage());
            }
            if (!json()) {
                print(table);
                if (dryRun) {
                    out().println("nothing was committed, run again without --dry-run");
                }
            }
            return DONE;
        }

        private List<TopicPartition> partitions(EmbeddedLog log) {
            List<TopicPartition> wanted = new ArrayList<>();
            for (String topic : topics) {
                List<TopicPartition> all = log.admin().describeTopic(topic).topicPartitions();
                for (int partition : partitions) {
                    if (partition < 0 || partition >= all.size()) {
                        throw wrong("--partition " + partition + " of topic " + topic + ", expected 0.."
                                + (all.size() - 1));
                    }
                }
                all.stream()
                        .filter(each -> partitions.isEmpty() || partitions.contains(each.partition()))
                        .forEach(wanted::add);
            }
            return wanted;
        }

        private void show(
                Table table,
                TopicPartition partition,
                @Nullable OffsetAndMetadata before,
                @Nullable OffsetAndMetadata after) {
            if (after == null) {
                return;
            }
            if (json()) {
                print(new JsonLine()
                        .put("group", group)
                        .put("topic", partition.topic())
                        .put("partition", partition.partition())
                        .put("before", before == null ? null : before.offset())
                        .put("committedOffset", after.offset())
                        .put("dryRun", dryRun));
            } else {
                table.row(
                        partition.topic(),
                        number(partition.partition()),
                        before == null ? "-" : number(before.offset()),
                        number(after.offset()));
            }
        }
    }

    @Command(name = "delete", description = "Forgets groups with their committed offsets. There is no way back.")
    static final class Delete extends ToolCommand {
        @Parameters(paramLabel = "GROUP", arity = "1..*", description = "Which ones.")
        private List<String> groups = List.of();

        @Override
        public Integer call() {
            try (EmbeddedLog log = data().open()) {
                for (String group : groups) {
                    log.admin().describeGroup(group); // names the group when there is none
                    log.admin().deleteGroup(group);
                    if (json()) {
                        print(new JsonLine().put("group", group).put("result", "deleted"));
                    } else {
                        out().println("deleted group " + group);
                    }
                }
            }
            return DONE;
        }
    }
}
