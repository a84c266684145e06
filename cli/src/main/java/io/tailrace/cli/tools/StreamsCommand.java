package io.tailrace.cli.tools;

import io.tailrace.cli.console.JsonLine;
import io.tailrace.cli.console.Table;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetReset;
import io.tailrace.runtime.ApplicationReset;
import io.tailrace.runtime.config.StreamsConfig;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tailrace streams}. */
@Command(
        name = "streams",
        description = "Works on stream applications of a log.",
        subcommands = {StreamsCommand.Reset.class})
public final class StreamsCommand extends CommandGroup {

    @Command(
            name = "reset",
            description = {
                "Lets an application begin anew: deletes its changelogs, repartition topics and local state, and moves its"
                        + " committed offsets in the topics that it reads.",
                "Output topics stay as they are. When it is interrupted, run it again before the application is started."
            })
    @SuppressWarnings("NullAway.Init") // injected by picocli
    static final class Reset extends ToolCommand {
        private static final Comparator<TopicPartition> ORDER =
                Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

        @Option(names = "--application-id", paramLabel = "ID", required = true, description = "Which one.")
        private String applicationId;

        @Option(
                names = "--to",
                paramLabel = "PLACE",
                defaultValue = "earliest",
                description = "Where it goes on in its input: " + Places.RESET_SYNTAX + "; default: earliest.")
        private String to;

        @Option(
                names = "--state-dir",
                paramLabel = "DIR",
                description = "Its config state.dir; default: 'state' in the data directory.")
        private @Nullable Path stateDir;

        @Option(names = "--dry-run", description = "Only show what would be done.")
        private boolean dryRun;

        @Override
        public Integer call() {
            OffsetReset reset = Places.parse(to);
            if (reset == null) {
                throw wrong("--to " + to + ", expected " + Places.RESET_SYNTAX);
            }
            StreamsConfig.Builder config = StreamsConfig.builder().applicationId(applicationId);
            if (stateDir != null) {
                config.stateDir(stateDir);
            }
            try (EmbeddedLog log = data().open()) {
                ApplicationReset application = new ApplicationReset(log, config.build());
                show(dryRun ? application.plan(reset) : application.run(reset));
            } catch (IllegalArgumentException e) {
                throw wrong("--to " + to + ": " + e.getMessage());
            }
            return DONE;
        }

        private void show(ApplicationReset.Plan plan) {
            if (json()) {
                printJson(plan);
                return;
            }
            if (plan.isEmpty()) {
                out().println("there is nothing of an application " + applicationId);
                return;
            }
            Table offsets = new Table("topic", ">partition", ">committed", ">now");
            for (TopicPartition partition : sorted(plan)) {
                offsets.row(
                        partition.topic(),
                        number(partition.partition()),
                        number(offset(plan.before(), partition)),
                        number(offset(plan.after(), partition)));
            }
            if (!plan.after().isEmpty()) {
                print(offsets);
            }
            String verb = dryRun ? "would delete " : "deleted ";
            new TreeSet<>(plan.internalTopics()).forEach(topic -> out().println(verb + "topic " + topic));
            plan.stateDirectory().ifPresent(directory -> out().println(verb + directory));
            if (dryRun) {
                out().println("nothing was done, run again without --dry-run");
            }
        }

        private void printJson(ApplicationReset.Plan plan) {
            for (TopicPartition partition : sorted(plan)) {
                print(line("offset")
                        .put("topic", partition.topic())
                        .put("partition", partition.partition())
                        .put("before", offset(plan.before(), partition))
                        .put("committedOffset", offset(plan.after(), partition))
                        .put("dryRun", dryRun));
            }
            new TreeSet<>(plan.internalTopics())
                    .forEach(topic ->
                            print(line("deletedTopic").put("topic", topic).put("dryRun", dryRun)));
            plan.stateDirectory()
                    .ifPresent(directory -> print(line("deletedState")
                            .put("directory", directory.toString())
                            .put("dryRun", dryRun)));
        }

        private JsonLine line(String type) {
            return new JsonLine().put("type", type).put("applicationId", applicationId);
        }

        private static List<TopicPartition> sorted(ApplicationReset.Plan plan) {
            return plan.after().keySet().stream().sorted(ORDER).toList();
        }

        private static long offset(Map<TopicPartition, OffsetAndMetadata> offsets, TopicPartition partition) {
            OffsetAndMetadata known = offsets.get(partition);
            return known == null ? -1 : known.offset();
        }
    }
}
