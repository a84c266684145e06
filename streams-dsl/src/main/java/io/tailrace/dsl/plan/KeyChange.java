package io.tailrace.dsl.plan;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Whether records may have another key than the one by which they were partitioned. */
public final class KeyChange {
    /** Nodes found to keep the keys, so that a node that is reached on many ways is visited once. */
    private final Set<PlanNode> unchanged = Collections.newSetFromMap(new IdentityHashMap<>());

    private KeyChange() {}

    public static boolean mayHaveChanged(StreamNode node) {
        return new KeyChange().reaches(node);
    }

    private boolean reaches(StreamNode node) {
        if (unchanged.contains(node)) {
            return false;
        }
        boolean changed = changes(node);
        if (!changed) {
            unchanged.add(node);
        }
        return changed;
    }

    private boolean changes(StreamNode node) {
        if (node instanceof StreamStep step) {
            return step.changesKeys() || step.streams().stream().anyMatch(this::reaches);
        }
        if (node instanceof Split split) {
            return reaches(split.stream());
        }
        if (node instanceof Branch branch) {
            return reaches(branch.split());
        }
        if (node instanceof StreamTableJoin join) {
            return join.rekeying() == null && reaches(join.stream());
        }
        if (node instanceof StreamGlobalJoin join) {
            return reaches(join.stream());
        }
        return false; // sources and repartitions are partitioned by their keys, and tables keep theirs
    }
}
