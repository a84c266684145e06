package io.tailrace.cli.tools;

import io.tailrace.cli.console.ByteMeter;
import io.tailrace.cli.console.CommandException;
import io.tailrace.cli.console.JsonLine;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.inspect.LogVerify;
import io.tailrace.log.inspect.VerifyReport;
import picocli.CommandLine.Command;

/** {@code tailrace log verify}. */
@Command(
        name = "verify",
        description = {
            "Checks every batch, record and index entry of a log, and changes nothing.",
            "When another process has the log open, what is unfinished at its end is no fault."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing is damaged", "1:something is damaged", "2:cannot be checked, or wrong options"})
final class LogVerifyCommand extends ToolCommand {
    static final int DAMAGED = 1;
    static final int UNREADABLE = 2;

    @Override
    public Integer call() {
        VerifyReport report;
        try (FilesOfLog files = FilesOfLog.read(data(), err());
                ByteMeter meter = meter("checked")) {
            report = new LogVerify(files.storage(), files.isMoving(), meter).run();
        } catch (TailraceException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e, UNREADABLE);
        }
        report.findings().forEach(finding -> out().println(
                        json() ? FindingPrinter.json("finding", finding) : FindingPrinter.text(finding)));
        if (json()) {
            print(new JsonLine()
                    .put("type", "summary")
                    .put("clean", report.isClean())
                    .put("moving", report.moving())
                    .put("findings", report.findings().size())
                    .put("topics", report.topics())
                    .put("partitions", report.partitions())
                    .put("segments", report.segments())
                    .put("batches", report.batches())
                    .put("records", report.records())
                    .put("bytes", report.bytes()));
        } else {
            out().println((report.isClean() ? "clean" : "DAMAGED") + ": checked " + number(report.records())
                    + " records in " + number(report.batches()) + " batches, " + number(report.segments())
                    + " segments, " + number(report.partitions()) + " partitions, " + number(report.bytes())
                    + " bytes" + (report.isClean() ? "" : "; 'tailrace log salvage' copies what is intact"));
        }
        return report.isClean() ? DONE : DAMAGED;
    }
}
