package io.tailrace.dsl.plan;

import io.tailrace.dsl.operator.TableFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table whose values are computed one by one from another's: filter and mapValues.
 *
 * @param store null when the user did not name one: values are then computed again when they are looked up
 */
public record TableStep(
        String name,
        TableNode table,
        TableFunction<?, ?, ?> function,
        @Nullable TableStore store) implements TableNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(table);
    }

    @Override
    public TableStep withInputs(List<PlanNode> inputs) {
        return new TableStep(name, (TableNode) inputs.get(0), function, store);
    }
}
