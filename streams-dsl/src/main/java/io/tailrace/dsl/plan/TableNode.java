package io.tailrace.dsl.plan;

import org.jspecify.annotations.Nullable;

/** An operation whose results are changes of a table: what flows along is a {@code Change} per key. */
public sealed interface TableNode extends PlanNode permits ToTable, Aggregate, TableStep {
    /** The store that the table has or could have; null when it can only be computed from the table it is made of. */
    @Nullable
    TableStore store();
}
