package io.tailrace.log.inspect;

import io.tailrace.common.errors.NotALogException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checks every byte of a log that a check can find fault with: the catalog, every batch of every segment (header, CRC, offsets
 * that ascend, each record), every entry of every index, and which files do not belong. Changes nothing.
 *
 * <p>A log that another process has open can be checked as well; its end moves. What is unfinished at the end of a last segment,
 * and files that go meanwhile, are then no fault.
 *
 * <p><b>Owner:</b> one thread.
 */
public final class LogVerify {
    private final Storage storage;
    private final boolean moving;
    private final ByteProgress progress;

    /**
     * @param storage stays the caller's
     * @param moving whether somebody may write to the log meanwhile
     */
    public LogVerify(Storage storage, boolean moving, ByteProgress progress) {
        this.storage = storage;
        this.moving = moving;
        this.progress = progress;
    }

    /** Of a log that nobody writes to. */
    public static VerifyReport verify(Storage storage) {
        return new LogVerify(storage, false, ByteProgress.SILENT).run();
    }

    /**
     * @throws NotALogException when there is no log at all
     * @throws StorageException when the directory cannot be read
     */
    public VerifyReport run() {
        LogFiles files = LogFiles.of(storage);
        List<Finding> findings = new ArrayList<>(files.findings());
        Tally tally = new Tally(progress, files.sizeInBytes());
        for (PartitionFiles partition : files.partitions()) {
            try {
                new PartitionCheck(storage, partition, moving, tally, findings).run();
            } catch (StorageException e) {
                findings.add(Finding.ofFile(
                        moving ? Severity.NOTE : Severity.DAMAGE,
                        partition.directory(),
                        String.valueOf(e.getMessage()),
                        moving
                                ? "files that stay; somebody may have removed them meanwhile"
                                : "files that can be read"));
            }
        }
        new CheckpointCheck(storage, tally, moving).run(findings);
        findings.sort(Comparator.comparing(Finding::severity));
        return new VerifyReport(
                moving,
                files.topics().size(),
                files.partitions().size(),
                tally.segments(),
                tally.batches(),
                tally.records(),
                tally.bytes(),
                List.copyOf(findings));
    }
}
