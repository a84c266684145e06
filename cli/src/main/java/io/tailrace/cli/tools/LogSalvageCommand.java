package io.tailrace.cli.tools;

import io.tailrace.cli.console.ByteMeter;
import io.tailrace.cli.console.CommandException;
import io.tailrace.cli.console.JsonLine;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.inspect.LogSalvage;
import io.tailrace.log.inspect.LostRange;
import io.tailrace.log.inspect.SalvageReport;
import io.tailrace.log.inspect.SalvagedPartition;
import io.tailrace.log.storage.FileStorage;
import io.tailrace.log.storage.Storage;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tailrace log salvage}. */
@Command(
        name = "salvage",
        description = {
            "Copies every intact batch of a damaged log to a new one, with its offsets, and says what is lost. Topics,"
                    + " configs and committed offsets are kept. The damaged log is not changed.",
            "The state of stream apps is not copied; they restore it."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything was copied", "1:copied, but records are lost", "2:failed, or wrong options"})
@SuppressWarnings("NullAway.Init") // injected by picocli
final class LogSalvageCommand extends ToolCommand {
    private static final int LOST = 1;
    private static final int FAILED = 2;

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "A missing or empty directory.")
    private Path to;

    @Override
    public Integer call() {
        SalvageReport report;
        try (FilesOfLog files = FilesOfLog.lock(data());
                Storage target = FileStorage.open(to);
                ByteMeter meter = meter("salvaged")) {
            target.lock();
            report = new LogSalvage(files.storage(), target, root().time(), meter).run();
        } catch (TailraceException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e, FAILED);
        }
        for (String note : report.notes()) {
            out().println(json() ? new JsonLine().put("type", "note").put("text", note) : "note: " + note);
        }
        report.partitions().forEach(this::printLost);
        if (json()) {
            print(new JsonLine()
                    .put("type", "summary")
                    .put("complete", report.isComplete())
                    .put("topics", report.topics())
                    .put("partitions", report.partitions().size())
                    .put("batches", report.batches())
                    .put("records", report.records())
                    .put("bytes", report.bytes())
                    .put("lostBytes", report.lostBytes()));
        } else {
            out().println("salvaged " + number(report.records()) + " records in " + number(report.batches())
                    + " batches, " + number(report.partitions().size()) + " partitions to " + to + "; "
                    + (report.isComplete() ? "nothing is lost" : number(report.lostBytes()) + " bytes are lost"));
        }
        return report.isComplete() ? DONE : LOST;
    }

    private void printLost(SalvagedPartition partition) {
        for (LostRange lost : partition.lost()) {
            boolean known = lost.endOffset() != LostRange.UNKNOWN;
            if (json()) {
                print(new JsonLine()
                        .put("type", "lost")
                        .put("topic", partition.topicPartition().topic())
                        .put("partition", partition.topicPartition().partition())
                        .put("firstOffset", lost.firstOffset())
                        .put("endOffset", known ? lost.endOffset() : null)
                        .put("file", lost.file())
                        .put("position", lost.position())
                        .put("bytes", lost.bytes())
                        .put("reason", lost.reason()));
            } else {
                out().println("lost: " + partition.topicPartition() + " offsets " + lost.firstOffset()
                        + (known ? ".." + (lost.endOffset() - 1) : " to the end") + ", " + number(lost.bytes())
                        + " bytes of " + lost.file() + " at " + lost.position() + ": " + lost.reason());
            }
        }
        for (String open : partition.openTransactions()) {
            if (json()) {
                print(new JsonLine()
                        .put("type", "openTransaction")
                        .put("topic", partition.topicPartition().topic())
                        .put("partition", partition.topicPartition().partition())
                        .put("transaction", open));
            } else {
                out().println("open transaction: " + partition.topicPartition() + " " + open);
            }
        }
    }
}
