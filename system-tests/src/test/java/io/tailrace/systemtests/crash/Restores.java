package io.tailrace.systemtests.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What victims have told of the restores of their stores. Within one state directory a store never restores from further back than
 * before: that would mean that it has lost what it had. Owner: one thread.
 */
final class Restores {
    private final Map<String, Long> lastStart = new HashMap<>();
    private final List<String> wentBack = new ArrayList<>();
    private long count;
    private long fromBeginning;
    private long offsets;
    private long longest;

    /** {@code RESTORE topic-partition from to}. */
    void add(String report) {
        String[] words = report.split(" ", -1);
        String changelog = words[1];
        long from = Long.parseLong(words[2]);
        long to = Long.parseLong(words[3]);
        Long before = lastStart.put(changelog, from);
        if (before != null && from < before) {
            wentBack.add(changelog + " from offset " + from + ", after it was restored from " + before);
        }
        count++;
        fromBeginning += from == 0 ? 1 : 0;
        offsets += to - from;
        longest = Math.max(longest, to - from);
    }

    /** The next victim has a new directory. */
    void startOver() {
        lastStart.clear();
    }

    List<String> wentBack() {
        return wentBack;
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%,d restores of %,d offsets (%,d at most, %,d restores from the beginning)",
                count,
                offsets,
                longest,
                fromBeginning);
    }
}
