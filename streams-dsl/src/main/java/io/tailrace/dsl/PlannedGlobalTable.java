package io.tailrace.dsl;

import io.tailrace.dsl.plan.GlobalTable;
import io.tailrace.kstream.GlobalKTable;
import org.jspecify.annotations.Nullable;

/** A global table of the plan. */
record PlannedGlobalTable<K, V>(
        PlanBuilder plan, GlobalTable node, @Nullable String queryableStoreName) implements GlobalKTable<K, V> {}
