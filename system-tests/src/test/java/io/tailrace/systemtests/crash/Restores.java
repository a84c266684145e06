package io.tailrace.systemtests.crash;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What victims have told of the restores and commits of their stores. Within one state directory a store never restores from further
 * back than before, nor from further back than its files say, and from the beginning only before its first commit: all else would mean
 * that it has lost, or thrown away, what it had. What is deleted on purpose begins anew. Owner: one thread.
 */
final class Restores {
    private static final int BULK = 10_000; // from here on RocksDB is given sorted files

    private final Map<String, Long> lastStart = new HashMap<>();
    private final Set<String> committed = new HashSet<>(); // changelogs of stores that have
    private final Set<String> deleted =
            new HashSet<>(); // changelogs of stores that were, and have not been restored since
    private final Set<String> restored = new HashSet<>(); // by the process that runs; not yet known to be committed
    private final List<String> violations = new ArrayList<>();
    private Map<String, Long> onDisk = Map.of(); // before the process was started that runs
    private long count;
    private long offsets;
    private long longest;
    private long bulky;
    private long beforeTheFirstCommit;
    private long afterADeletion;

    /** What stores have of their changelogs, in files, when a process is started. */
    void startOfProcess(Map<String, Long> offsets) {
        onDisk = offsets;
        restored.clear();
    }

    /** {@code topic-partition from to}. */
    void begin(String report) {
        String[] words = report.split(" ", -1);
        String changelog = words[0];
        long from = Long.parseLong(words[1]);
        long to = Long.parseLong(words[2]);
        Long before = lastStart.put(changelog, from);
        if (before != null && from < before) {
            violations.add(changelog + " is restored from offset " + from + ", after it was restored from " + before);
        }
        long had = onDisk.getOrDefault(changelog, 0L);
        if (from < Math.min(had, to)) {
            violations.add(changelog + " is restored from offset " + from + ", though its store had offset " + had);
        }
        if (from == 0) {
            if (committed.contains(changelog)) {
                violations.add(changelog + " is restored from the beginning, though its store had committed");
            }
            if (deleted.remove(changelog)) {
                afterADeletion++;
            } else {
                beforeTheFirstCommit++;
            }
        }
        count++;
        offsets += to - from;
        longest = Math.max(longest, to - from);
        bulky += to - from > BULK ? 1 : 0;
    }

    /** {@code topic-partition}: its restore has come to the end. */
    void end(String changelog) {
        restored.add(changelog);
    }

    /** Every task of the app processes, so it has committed what was restored. */
    void running(String applicationId) {
        restored.stream().filter(of(applicationId)).forEach(committed::add);
        restored.removeIf(of(applicationId));
    }

    /** A store has committed something of its changelog. */
    void committed(String changelog) {
        committed.add(changelog);
    }

    /** The state of an app. */
    void deleted(String applicationId) {
        forget(of(applicationId));
    }

    /** The state of one of its tasks; another one may have the same partition. */
    void deleted(String applicationId, int partition) {
        forget(of(applicationId).and(changelog -> changelog.endsWith("-" + partition)));
    }

    private void forget(Predicate<String> changelogs) {
        committed.stream().filter(changelogs).forEach(deleted::add);
        committed.removeIf(changelogs);
        lastStart.keySet().removeIf(changelogs);
    }

    private static Predicate<String> of(String applicationId) {
        return changelog -> changelog.startsWith(applicationId + "-");
    }

    /** The next victim has a new directory. */
    void startOver() {
        lastStart.clear();
        committed.clear();
        deleted.clear();
    }

    List<String> violations() {
        return violations;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d restores of %,d offsets (%,d at most, %,d in bulk; from the beginning: %,d before the first commit of"
                        + " the store, %,d of deleted state)",
                count,
                offsets,
                longest,
                bulky,
                beforeTheFirstCommit,
                afterADeletion);
    }
}
