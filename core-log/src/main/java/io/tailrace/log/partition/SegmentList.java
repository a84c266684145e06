package io.tailrace.log.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The segments of a partition at one moment, by base offset. A change makes a new list, so a reader that holds one sees the
 * partition as it was.
 *
 * <p><b>Threads:</b> any; immutable.
 */
final class SegmentList {
    static final SegmentList EMPTY = new SegmentList(new Segment[0]);

    private final Segment[] segments;

    private SegmentList(Segment[] segments) {
        this.segments = segments;
    }

    /** @throws IllegalArgumentException when base offsets do not grow */
    static SegmentList of(List<Segment> segments) {
        Segment[] array = segments.toArray(Segment[]::new);
        for (int i = 1; i < array.length; i++) {
            if (array[i].baseOffset() <= array[i - 1].baseOffset()) {
                throw new IllegalArgumentException(
                        array[i].path() + " behind " + array[i - 1].path() + ", expected offsets that grow");
            }
        }
        return new SegmentList(array);
    }

    int size() {
        return segments.length;
    }

    boolean isEmpty() {
        return segments.length == 0;
    }

    Segment get(int index) {
        return segments[index];
    }

    Segment first() {
        return segments[0];
    }

    Segment last() {
        return segments[segments.length - 1];
    }

    List<Segment> asList() {
        return List.of(segments);
    }

    /** The index of the last segment that begins at or before the offset; -1 when it lies before the first. */
    int floor(long offset) {
        int low = 0;
        int high = segments.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (segments[middle].baseOffset() <= offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    /** Where the next segment begins: all offsets of this one are below. {@code endOffset} for the last. */
    long nextBaseOffset(int index, long endOffset) {
        return index + 1 < segments.length ? segments[index + 1].baseOffset() : endOffset;
    }

    SegmentList append(Segment segment) {
        Segment[] longer = Arrays.copyOf(segments, segments.length + 1);
        longer[segments.length] = segment;
        return new SegmentList(longer);
    }

    /**
     * With one segment in the place of some.
     *
     * @param old neighbours, all of this list
     * @throws IllegalArgumentException when they are not
     */
    SegmentList replace(List<Segment> old, Segment replacement) {
        List<Segment> changed = new ArrayList<>(asList());
        int at = changed.indexOf(old.get(0));
        if (at < 0
                || at + old.size() > segments.length
                || !changed.subList(at, at + old.size()).equals(old)) {
            throw new IllegalArgumentException("segments to replace are not neighbours in this list");
        }
        changed.subList(at, at + old.size()).clear();
        changed.add(at, replacement);
        return of(changed);
    }

    /** Without the first {@code count} segments. */
    SegmentList dropFirst(int count) {
        return new SegmentList(Arrays.copyOfRange(segments, count, segments.length));
    }

    /** Of all log files. */
    long sizeInBytes() {
        long size = 0;
        for (Segment segment : segments) {
            size += segment.end();
        }
        return size;
    }
}
