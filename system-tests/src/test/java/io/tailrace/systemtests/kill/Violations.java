package io.tailrace.systemtests.kill;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Broken promises: counted by kind, the first ones of each kind in words. */
final class Violations {
    private static final int MOST_TOLD = 10;

    enum Kind {
        LOST,
        DUPLICATED,
        TORN,
        /** An order, an offset or a process that is not as it should be. */
        WRONG
    }

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final List<String> told = new ArrayList<>();

    void add(Kind kind, String what) {
        if (counts.merge(kind, 1, Integer::sum) <= MOST_TOLD) {
            told.add(kind + ": " + what);
        }
    }

    int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    List<String> told() {
        return told;
    }
}
