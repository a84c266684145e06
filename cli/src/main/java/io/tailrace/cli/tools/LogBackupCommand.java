package io.tailrace.cli.tools;

import io.tailrace.cli.console.ByteMeter;
import io.tailrace.cli.console.JsonLine;
import io.tailrace.log.inspect.BackupReport;
import io.tailrace.log.inspect.LogBackup;
import io.tailrace.log.storage.FileStorage;
import io.tailrace.log.storage.Storage;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tailrace log backup}. */
@Command(
        name = "backup",
        description = {
            "Copies a log that nobody has open. Full segments are shared as hard links where both directories are on one"
                    + " file system.",
            "A log that is open is copied by its own process: EmbeddedLog.backup."
        })
@SuppressWarnings("NullAway.Init") // injected by picocli
final class LogBackupCommand extends ToolCommand {
    @Option(names = "--to", paramLabel = "DIR", required = true, description = "A missing or empty directory.")
    private Path to;

    @Option(names = "--copy", description = "Copy all files, share none: safe against damage by the medium too.")
    private boolean copy;

    @Override
    public Integer call() {
        BackupReport report;
        try (FilesOfLog files = FilesOfLog.lock(data());
                Storage target = FileStorage.open(to);
                ByteMeter meter = meter("copied")) {
            target.lock();
            report = new LogBackup(files.storage(), target, !copy, meter).run();
        }
        if (json()) {
            print(new JsonLine()
                    .put("topics", report.topics())
                    .put("partitions", report.partitions())
                    .put("files", report.files())
                    .put("copiedBytes", report.copiedBytes())
                    .put("linkedBytes", report.linkedBytes()));
        } else {
            out().println("backed up " + number(report.topics()) + " topics, " + number(report.partitions())
                    + " partitions, " + number(report.files()) + " files to " + to + ": "
                    + number(report.copiedBytes()) + " bytes copied, " + number(report.linkedBytes()) + " shared");
        }
        return DONE;
    }
}
