package io.tailrace.dsl.plan;

import io.tailrace.kstream.Predicate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records of a split for which its predicate holds and that no branch before it took.
 *
 * @param predicate null for the branch that takes what is left
 */
public record Branch(String name, Split split, @Nullable Predicate<?, ?> predicate) implements StreamNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(split);
    }

    @Override
    public Branch withInputs(List<PlanNode> inputs) {
        return new Branch(name, (Split) inputs.get(0), predicate);
    }
}
