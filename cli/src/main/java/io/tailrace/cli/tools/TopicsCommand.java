package io.tailrace.cli.tools;

import io.tailrace.cli.console.JsonLine;
import io.tailrace.cli.console.Table;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.AlterConfigOp;
import io.tailrace.log.api.ConfigEntry;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.TopicDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tailrace topics}. */
@Command(
        name = "topics",
        description = "Lists, describes, creates, changes and deletes the topics of a log.",
        subcommands = {
            TopicsCommand.ListTopics.class,
            TopicsCommand.Describe.class,
            TopicsCommand.Create.class,
            TopicsCommand.Alter.class,
            TopicsCommand.Delete.class
        })
public final class TopicsCommand extends CommandGroup {

    @Command(name = "list", description = "Lists all topics, internal ones included.")
    static final class ListTopics extends ToolCommand {
        @Override
        public Integer call() {
            Table table = new Table("topic", ">partitions", ">records");
            try (EmbeddedLog log = data().open()) {
                Admin admin = log.admin();
                for (String name : admin.listTopics()) {
                    TopicDescription topic = admin.describeTopic(name);
                    long records = records(admin, topic);
                    if (json()) {
                        print(new JsonLine()
                                .put("topic", name)
                                .put("partitions", topic.partitions())
                                .put("records", records));
                    } else {
                        table.row(name, number(topic.partitions()), number(records));
                    }
                }
            }
            if (!json()) {
                print(table);
            }
            return DONE;
        }

        private static long records(Admin admin, TopicDescription topic) {
            Map<TopicPartition, Long> starts = admin.beginningOffsets(topic.topicPartitions());
            return admin.endOffsets(topic.topicPartitions()).entrySet().stream()
                    .mapToLong(end -> end.getValue() - starts.getOrDefault(end.getKey(), 0L))
                    .sum();
        }
    }

    @Command(name = "describe", description = "Shows partitions with their offsets, and the configs of topics.")
    static final class Describe extends ToolCommand {
        @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "Which ones.")
        private List<String> topics = List.of();

        @Override
        public Integer call() {
            try (EmbeddedLog log = data().open()) {
                for (String name : topics) {
                    TopicDescription topic = log.admin().describeTopic(name);
                    Map<TopicPartition, Long> starts = log.admin().beginningOffsets(topic.topicPartitions());
                    Map<TopicPartition, Long> ends = log.admin().endOffsets(topic.topicPartitions());
                    if (json()) {
                        print(new JsonLine()
                                .put("topic", name)
                                .put("partitions", partitions(topic, starts, ends))
                                .put("configs", configs(log.admin().describeConfigs(name))));
                    } else {
                        describe(topic, starts, ends, log.admin().describeConfigs(name));
                    }
                }
            }
            return DONE;
        }

        private static List<JsonLine> partitions(
                TopicDescription topic, Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
            List<JsonLine> partitions = new ArrayList<>();
            for (TopicPartition each : topic.topicPartitions()) {
                partitions.add(new JsonLine()
                        .put("partition", each.partition())
                        .put("startOffset", starts.get(each))
                        .put("endOffset", ends.get(each)));
            }
            return partitions;
        }

        private static List<JsonLine> configs(List<ConfigEntry> entries) {
            return entries.stream()
                    .map(entry -> new JsonLine()
                            .put("name", entry.name())
                            .put("value", entry.value())
                            .put("source", source(entry)))
                    .toList();
        }

        private static String source(ConfigEntry entry) {
            return entry.source().name().toLowerCase(Locale.ROOT);
        }

        private void describe(
                TopicDescription topic,
                Map<TopicPartition, Long> starts,
                Map<TopicPartition, Long> ends,
                List<ConfigEntry> entries) {
            out().println("topic " + topic.name());
            Table partitions = new Table(">partition", ">start offset", ">end offset");
            for (TopicPartition each : topic.topicPartitions()) {
                partitions.row(
                        number(each.partition()),
                        number(starts.getOrDefault(each, 0L)),
                        number(ends.getOrDefault(each, 0L)));
            }
            print(partitions);
            Table configs = new Table("config", "value", "set by");
            entries.forEach(entry -> configs.row(entry.name(), entry.value(), source(entry)));
            print(configs);
        }
    }

    @Command(
            name = "create",
            description = "Creates topics. A data directory that is missing or empty becomes a new log.")
    static final class Create extends ToolCommand {
        @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "Their names.")
        private List<String> topics = List.of();

        @Option(names = "--partitions", paramLabel = "N", defaultValue = "1", description = "From 1; default: 1.")
        private int partitions;

        @Option(
                names = "--config",
                paramLabel = "NAME=VALUE",
                description = "A topic config; docs/topic-configs.md lists them. May be given several times.")
        private Map<String, String> configs = new LinkedHashMap<>();

        @Override
        public Integer call() {
            if (partitions < 1) {
                throw wrong("--partitions " + partitions + ", expected 1 or more");
            }
            try (EmbeddedLog log = data().openOrCreate()) {
                for (String name : topics) {
                    log.admin().createTopic(new NewTopic(name, partitions, configs));
                    changed(this, name, "created");
                }
            }
            return DONE;
        }
    }

    @Command(
            name = "alter",
            description =
                    "Gives a topic more partitions, or changes its configs. Records without a partition of their own"
                            + " are divided anew, so keys may go to other partitions than before.")
    @SuppressWarnings("NullAway.Init") // injected by picocli
    static final class Alter extends ToolCommand {
        @Parameters(paramLabel = "TOPIC", description = "Which one.")
        private String topic;

        @Option(names = "--partitions", paramLabel = "N", description = "How many it is to have.")
        private @Nullable Integer partitions;

        @Option(
                names = "--config",
                paramLabel = "NAME=VALUE",
                description = "Sets a config; may be given several times.")
        private Map<String, String> configs = new LinkedHashMap<>();

        @Option(
                names = "--delete-config",
                paramLabel = "NAME",
                description = "Gives a config its default back; may be given several times.")
        private List<String> deletedConfigs = List.of();

        @Override
        public Integer call() {
            List<AlterConfigOp> changes = new ArrayList<>();
            configs.forEach((name, value) -> changes.add(AlterConfigOp.set(name, value)));
            deletedConfigs.forEach(name -> changes.add(AlterConfigOp.delete(name)));
            if (partitions == null && changes.isEmpty()) {
                throw wrong("nothing to change, expected --partitions, --config or --delete-config");
            }
            try (EmbeddedLog log = data().open()) {
                if (!changes.isEmpty()) {
                    log.admin().alterConfigs(topic, changes);
                }
                if (partitions != null) {
                    log.admin().createPartitions(topic, partitions);
                }
                changed(this, topic, "changed");
            }
            return DONE;
        }
    }

    @Command(
            name = "delete",
            description = "Deletes topics with their records and the offsets committed for them. There is no way back.")
    static final class Delete extends ToolCommand {
        @Parameters(paramLabel = "TOPIC", arity = "1..*", description = "Which ones.")
        private List<String> topics = List.of();

        @Override
        public Integer call() {
            try (EmbeddedLog log = data().open()) {
                for (String name : topics) {
                    log.admin().deleteTopic(name);
                    changed(this, name, "deleted");
                }
            }
            return DONE;
        }
    }

    static void changed(ToolCommand command, String topic, String what) {
        if (command.json()) {
            command.print(new JsonLine().put("topic", topic).put("result", what));
        } else {
            command.out().println(what + " topic " + topic);
        }
    }
}
