package io.tailrace.cli.tools;

import io.tailrace.cli.console.JsonLine;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.inspect.LogDump;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tailrace log dump}. */
@Command(
        name = "dump",
        description =
                "Shows what is stored: batches, on demand their records, and the entries of indexes. Works on a log"
                        + " that another process has open; what it writes meanwhile may be missing.")
@SuppressWarnings("NullAway.Init") // injected by picocli
final class LogDumpCommand extends ToolCommand {
    @Option(
            names = "--partition",
            paramLabel = "TOPIC-N",
            description = "Only these, such as flights-0; may be given several times.")
    private List<String> partitions = List.of();

    @Option(
            names = "--file",
            paramLabel = "PATH",
            description = "Only this file, such as flights-0/00000000000000000000.index.")
    private @Nullable String file;

    @Option(names = "--records", description = "Show the records of each batch.")
    private boolean records;

    @Option(names = "--indexes", description = "Show the index files and producer snapshots too.")
    private boolean indexes;

    @Mixin
    private FormatOptions formats;

    @Override
    public Integer call() {
        Format key = formats.key();
        Format value = formats.value();
        try (FilesOfLog files = FilesOfLog.read(data(), err())) {
            LogDump dump = new LogDump(files.storage());
            for (String path : paths(dump)) {
                dump(dump, path, new BatchPrinter(out(), json(), records, key, value));
            }
        }
        return DONE;
    }

    private List<String> paths(LogDump dump) {
        if (file != null) {
            return List.of(file);
        }
        List<String> wanted = new ArrayList<>();
        List<String> missing = new ArrayList<>(partitions);
        dump.files().forEach((partition, paths) -> {
            String name = partition.topic() + "-" + partition.partition();
            missing.remove(name);
            if (partitions.isEmpty() || partitions.contains(name)) {
                wanted.addAll(paths);
            }
        });
        if (!missing.isEmpty()) {
            throw new UnknownTopicOrPartitionException(missing.get(0));
        }
        return wanted;
    }

    private void dump(LogDump dump, String path, BatchPrinter printer) {
        boolean wanted = indexes || file != null;
        if (path.endsWith(".log")) {
            printer.begin(path);
            dump.log(path, printer);
        } else if (path.endsWith(".index") && wanted) {
            printer.begin(path);
            dump.offsetIndex(path)
                    .forEach(entry -> show(
                            "offsetIndexEntry",
                            path,
                            new JsonLine().put("lastOffset", entry.lastOffset()).put("position", entry.position()),
                            "  offset " + entry.lastOffset() + " at " + entry.position()));
        } else if (path.endsWith(".timeindex") && wanted) {
            printer.begin(path);
            dump.timeIndex(path)
                    .forEach(entry -> show(
                            "timeIndexEntry",
                            path,
                            new JsonLine().put("timestamp", entry.timestamp()).put("offset", entry.offset()),
                            "  timestamp " + entry.timestamp() + " offset " + entry.offset()));
        } else if (path.endsWith(".txnindex") && wanted) {
            printer.begin(path);
            dump.abortedIndex(path)
                    .forEach(entry -> show(
                            "abortedTransaction",
                            path,
                            new JsonLine()
                                    .put("producerId", entry.producerId())
                                    .put("firstOffset", entry.firstOffset())
                                    .put("lastOffset", entry.lastOffset())
                                    .put("lastStableOffset", entry.lastStableOffset()),
                            "  producer " + entry.producerId() + " aborted " + entry.firstOffset() + ".."
                                    + entry.lastOffset() + ", stable up to " + entry.lastStableOffset()));
        } else if (path.endsWith(".snapshot") && wanted) {
            printer.begin(path);
            dump.producerSnapshot(path)
                    .forEach(entry -> show(
                            "producer",
                            path,
                            new JsonLine()
                                    .put("producerId", entry.producerId())
                                    .put("producerEpoch", entry.producerEpoch())
                                    .put("lastSequence", entry.lastSequence())
                                    .put("lastOffset", entry.lastOffset())
                                    .put("offsetDelta", entry.offsetDelta())
                                    .put("timestamp", entry.timestamp())
                                    .put("coordinatorEpoch", entry.coordinatorEpoch())
                                    .put("firstOffsetOfTransaction", entry.firstOffsetOfTransaction()),
                            "  producer " + entry.producerId() + " epoch " + entry.producerEpoch() + " last sequence "
                                    + entry.lastSequence() + " at offset " + entry.lastOffset()));
        } else if (file != null) {
            throw wrong("--file " + path + ", expected a .log, .index, .timeindex, .txnindex or .snapshot file");
        }
    }

    private void show(String type, String path, JsonLine fields, String text) {
        if (json()) {
            print(new JsonLine().put("type", type).put("file", path).putAll(fields));
        } else {
            out().println(text);
        }
    }
}
