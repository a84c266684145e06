package io.tailrace.log.inspect;

import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the indexes of one segment with its batches, which it is shown in order. Of each index the first wrong entry is
 * named, and how many there are.
 *
 * <p>Entries that lead into damaged bytes are right as far as anybody knows. Owner: one thread.
 */
final class SegmentIndexCheck {
    private final PartitionFiles.Segment segment;
    private final boolean compacted;
    private final long startOffset;
    private final List<OffsetEntry> offsets;
    private final List<TimeEntry> times;
    private final boolean hasTimes;
    private final @Nullable List<AbortedEntry> storedAborted;
    private final List<AbortedEntry> aborted = new ArrayList<>();
    private final List<Hole> holes = new ArrayList<>();
    private final Wrong wrongOffsets = new Wrong();
    private final Wrong wrongTimes = new Wrong();
    private final List<Finding> findings = new ArrayList<>();
    private int nextOffsetEntry;
    private int nextTimeEntry;
    private long maxTimestamp = Long.MIN_VALUE;

    /** The wrong entries of one index: how many, and the first. */
    private static final class Wrong {
        private long position;
        private String found = "";
        private String expected = "";
        private int count;

        void add(long at, String foundThere, String expectedThere) {
            if (count++ == 0) {
                position = at;
                found = foundThere;
                expected = expectedThere;
            }
        }

        void report(List<Finding> findings, Severity severity, String file) {
            if (count > 0) {
                String more = count == 1 ? "" : ", and " + (count - 1) + " more wrong entries behind it";
                findings.add(new Finding(severity, file, position, found, expected + more));
            }
        }
    }

    /** @param partition of the segment */
    SegmentIndexCheck(Storage storage, PartitionFiles partition, PartitionFiles.Segment segment) {
        this.segment = segment;
        this.compacted = partition.compacted();
        this.startOffset = partition.segments().get(0).baseOffset();
        byte[] offsetBytes = read(storage, segment.offsetIndex(), IndexFiles.OFFSET_ENTRY_BYTES);
        byte[] timeBytes = read(storage, segment.timeIndex(), IndexFiles.TIME_ENTRY_BYTES);
        this.offsets = offsetBytes == null ? List.of() : IndexFiles.offsets(offsetBytes, segment.baseOffset());
        this.hasTimes = timeBytes != null;
        this.times = timeBytes == null ? List.of() : IndexFiles.times(timeBytes, segment.baseOffset());
        byte[] abortedBytes = storage.exists(segment.abortedIndex())
                ? read(storage, segment.abortedIndex(), IndexFiles.ABORTED_ENTRY_BYTES)
                : null;
        this.storedAborted = abortedBytes == null ? null : IndexFiles.aborted(abortedBytes);
    }

    private byte @Nullable [] read(Storage storage, String path, int entryBytes) {
        if (!storage.exists(path)) {
            if (!segment.isLast()) {
                findings.add(Finding.ofFile(
                        Severity.NOTE, path, "no file", "one; the log makes it again when the segment is read"));
            }
            return null;
        }
        byte[] bytes = storage.readAllBytes(path);
        int rest = bytes.length % entryBytes;
        boolean sealed = entryBytes == IndexFiles.ABORTED_ENTRY_BYTES && rest == IndexFiles.ABORTED_SEAL_BYTES;
        if (sealed && !IndexFiles.isSealIntact(bytes, segment.baseOffset())) {
            findings.add(new Finding(
                    Severity.REPAIRABLE,
                    path,
                    bytes.length - rest,
                    "a CRC-32C that does not fit",
                    "that of the entries"));
        }
        if (rest != 0 && !sealed) {
            findings.add(new Finding(
                    Severity.REPAIRABLE,
                    path,
                    bytes.length - rest,
                    rest + " bytes at the end",
                    "entries of " + entryBytes + " bytes"));
        }
        return bytes;
    }

    void onHole(Hole hole) {
        holes.add(hole);
    }

    void onBatch(RecordBatch batch, @Nullable AbortedEntry abortedEntry) {
        long position = batch.filePosition();
        while (nextOffsetEntry < offsets.size() && offsets.get(nextOffsetEntry).position() <= position) {
            checkOffset(nextOffsetEntry++, batch);
        }
        maxTimestamp = Math.max(maxTimestamp, batch.maxTimestamp());
        while (nextTimeEntry < times.size() && times.get(nextTimeEntry).offset() <= batch.lastOffset()) {
            checkTime(nextTimeEntry++, batch);
        }
        if (abortedEntry != null) {
            aborted.add(abortedEntry);
        }
    }

    private void checkOffset(int index, RecordBatch batch) {
        OffsetEntry entry = offsets.get(index);
        boolean right = entry.position() == batch.filePosition()
                ? entry.lastOffset() == batch.lastOffset()
                : isInHole(entry.position());
        if (!right) {
            wrongOffset(index, entry);
        }
    }

    private void wrongOffset(int index, OffsetEntry entry) {
        wrongOffsets.add(
                (long) index * IndexFiles.OFFSET_ENTRY_BYTES,
                "offset " + entry.lastOffset() + " at position " + entry.position(),
                "the last offset of a batch and where it is, both growing from entry to entry");
    }

    private void checkTime(int index, RecordBatch batch) {
        TimeEntry entry = times.get(index);
        boolean right = entry.offset() >= batch.baseOffset()
                && entry.timestamp() == batch.maxTimestamp()
                && entry.timestamp() == maxTimestamp;
        if (!right && holes.isEmpty()) { // the batch that it speaks of may be in a hole
            wrongTime(index, entry);
        }
    }

    private void wrongTime(int index, TimeEntry entry) {
        wrongTimes.add(
                (long) index * IndexFiles.TIME_ENTRY_BYTES,
                "timestamp " + entry.timestamp() + " for offset " + entry.offset(),
                "the largest timestamp so far and an offset of its batch, both growing from entry to entry");
    }

    private boolean isInHole(long position) {
        return holes.stream()
                .anyMatch(hole -> position >= hole.position() && position < hole.position() + hole.bytes());
    }

    /** Called behind the last batch. */
    List<Finding> finish(boolean moving) {
        for (int i = nextOffsetEntry; i < offsets.size(); i++) {
            if (!isInHole(offsets.get(i).position()) && !moving) {
                wrongOffset(i, offsets.get(i));
            }
        }
        for (int i = nextTimeEntry; i < times.size(); i++) {
            if (holes.isEmpty() && !moving) {
                wrongTime(i, times.get(i));
            }
        }
        if (hasTimes && !segment.isLast() && holes.isEmpty() && wrongTimes.count == 0) {
            checkLastTime();
        }
        wrongOffsets.report(findings, Severity.REPAIRABLE, segment.offsetIndex());
        wrongTimes.report(findings, Severity.REPAIRABLE, segment.timeIndex());
        checkAborted(moving);
        return findings;
    }

    /** Of a full segment: its largest timestamp. */
    private void checkLastTime() {
        int last = times.size() - 1;
        if (last < 0 ? maxTimestamp != Long.MIN_VALUE : times.get(last).timestamp() < maxTimestamp) {
            wrongTimes.add(
                    (long) Math.max(last, 0) * IndexFiles.TIME_ENTRY_BYTES,
                    last < 0 ? "no entry" : "timestamp " + times.get(last).timestamp() + " in the last entry",
                    maxTimestamp + ", the largest of the segment");
        }
    }

    private void checkAborted(boolean moving) {
        if (moving
                || !holes.isEmpty()
                || compacted
                || (storedAborted == null && (aborted.isEmpty() || segment.isLast()))) {
            return;
        }
        List<AbortedEntry> stored = new ArrayList<>(storedAborted == null ? List.of() : storedAborted);
        // Of transactions that began before the log start, the batches do not tell enough.
        for (AbortedEntry entry : List.copyOf(stored)) {
            if (entry.firstOffset() < startOffset || entry.lastStableOffset() < startOffset) {
                stored.remove(entry);
                aborted.removeIf(other -> other.lastOffset() == entry.lastOffset());
            }
        }
        int same = 0;
        while (same < stored.size() && same < aborted.size() && stored.get(same).equals(aborted.get(same))) {
            same++;
        }
        if (same < stored.size() || same < aborted.size()) {
            findings.add(new Finding(
                    Severity.DAMAGE,
                    segment.abortedIndex(),
                    (long) same * IndexFiles.ABORTED_ENTRY_BYTES,
                    same < stored.size() ? stored.get(same).toString() : "the end of the index",
                    same < aborted.size() ? aborted.get(same).toString() : "the end of the index"));
        }
    }
}
