package io.tailrace.log.partition;

import java.util.List;

/**
 * The segments of a partition as they are now, and the first offset that may be read.
 *
 * <p><b>Threads:</b> any. Readers take the {@link #list} once and work with that; the writer appends, maintenance drops and
 * replaces. A segment is taken out of the list before its file is touched, so whoever fails on a file finds another list.
 */
final class LiveSegments {
    private volatile SegmentList list; // written under this
    private volatile long startOffset; // written under this; grows only

    LiveSegments(SegmentList list) {
        this.list = list;
        this.startOffset = list.isEmpty() ? 0 : list.first().baseOffset();
    }

    SegmentList list() {
        return list;
    }

    /** The first offset that may be read. */
    long startOffset() {
        return startOffset;
    }

    /** Nothing before the offset is to be read from now on. */
    synchronized void startAt(long offset) {
        startOffset = Math.max(startOffset, offset);
    }

    synchronized void append(Segment segment) {
        if (list.isEmpty()) {
            startAt(segment.baseOffset());
        }
        list = list.append(segment);
    }

    synchronized void replace(List<Segment> old, Segment replacement) {
        list = list.replace(old, replacement);
    }

    /** Takes out the segments that lie wholly before the start, but never the last one. */
    synchronized List<Segment> dropBeforeStart() {
        SegmentList current = list;
        int count = 0;
        while (count < current.size() - 1 && current.get(count + 1).baseOffset() <= startOffset) {
            count++;
        }
        list = current.dropFirst(count);
        return current.asList().subList(0, count);
    }

    /** Takes out all: the partition begins anew at its start. */
    synchronized List<Segment> dropAll() {
        List<Segment> all = list.asList();
        list = SegmentList.EMPTY;
        return all;
    }
}
