package io.tailrace.dsl.plan;

import io.tailrace.topology.SourceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is done to a plan before it is lowered. Each rule is a function of the plan alone and leaves its argument as it is;
 * applying a rule to its own result changes nothing.
 */
public final class PlanRules {
    private static final List<UnaryOperator<Plan>> IN_ORDER = List.of(
            PlanRules::mergeSources,
            PlanRules::insertRepartitions,
            PlanRules::dropRepeatedRepartitions,
            PlanRules::keepNullKeysForLeftJoins);

    private PlanRules() {}

    public static Plan applyAll(Plan plan) {
        Plan result = plan;
        for (UnaryOperator<Plan> rule : IN_ORDER) {
            result = rule.apply(result);
        }
        return result;
    }

    /** Sources that read the same topics in the same way become one, since only one source may read a topic. */
    static Plan mergeSources(Plan plan) {
        Rewriting rewriting = new Rewriting();
        Map<Object, SourceStream> sources = new HashMap<>();
        for (PlanNode node : plan.nodes()) {
            PlanNode updated = rewriting.onNewInputs(node);
            SourceStream first =
                    updated instanceof SourceStream stream ? sources.putIfAbsent(read(stream.source()), stream) : null;
            if (first != null && readAlike(first.source(), ((SourceStream) updated).source())) {
                rewriting.drop(node, first);
            } else {
                rewriting.put(node, updated);
            }
        }
        return rewriting.finish(plan);
    }

    /** Every operation that needs equal keys together, and gets a stream whose keys may have changed, gets a repartition. */
    static Plan insertRepartitions(Plan plan) {
        Rewriting rewriting = new Rewriting();
        IdentityHashMap<Rekeying, Repartition> inserted = new IdentityHashMap<>();
        for (PlanNode node : plan.nodes()) {
            PlanNode updated = rewriting.onNewInputs(node);
            if (updated instanceof KeyedNode keyed
                    && keyed.rekeying() != null
                    && KeyChange.mayHaveChanged(keyed.stream())) {
                Repartition repartition = inserted.get(keyed.rekeying());
                if (repartition == null) {
                    repartition = new Repartition(keyed.stream(), keyed.rekeying(), true);
                    inserted.put(keyed.rekeying(), repartition);
                    rewriting.insert(repartition);
                }
                updated = onStream(updated, repartition);
            }
            rewriting.put(node, updated);
        }
        return rewriting.finish(plan);
    }

    /**
     * A repartition right behind another one that sends every record to the same partition in the same bytes is left out,
     * unless the user gave it a name and so may count on its topic.
     */
    static Plan dropRepeatedRepartitions(Plan plan) {
        Rewriting rewriting = new Rewriting();
        for (PlanNode node : plan.nodes()) {
            PlanNode updated = rewriting.onNewInputs(node);
            if (updated instanceof Repartition second
                    && second.stream() instanceof Repartition first
                    && !second.rekeying().named()
                    && second.rekeying().partitionsLike(first.rekeying())) {
                rewriting.drop(node, first);
            } else {
                rewriting.put(node, updated);
            }
        }
        return rewriting.finish(plan);
    }

    /** A repartition lets records without a key pass if all of them reach a left join, which can use them (KIP-962). */
    static Plan keepNullKeysForLeftJoins(Plan plan) {
        PlanAnalysis analysis = PlanAnalysis.of(plan);
        Rewriting rewriting = new Rewriting();
        for (PlanNode node : plan.nodes()) {
            PlanNode updated = rewriting.onNewInputs(node);
            if (updated instanceof Repartition repartition
                    && repartition.dropsNullKeys()
                    && reachesLeftJoinsOnly(node, analysis)) {
                updated = new Repartition(repartition.stream(), repartition.rekeying(), false);
            }
            rewriting.put(node, updated);
        }
        return rewriting.finish(plan);
    }

    private static boolean reachesLeftJoinsOnly(PlanNode node, PlanAnalysis analysis) {
        List<PlanNode> consumers = analysis.consumers(node);
        return !consumers.isEmpty()
                && consumers.stream().allMatch(consumer -> {
                    if (consumer instanceof StreamTableJoin join) {
                        return join.join().left();
                    }
                    if (consumer instanceof StreamGlobalJoin join) {
                        return join.join().left();
                    }
                    boolean passesOn =
                            consumer instanceof StreamStep || consumer instanceof Split || consumer instanceof Branch;
                    return passesOn && reachesLeftJoinsOnly(consumer, analysis);
                });
    }

    /** The topics, or the text of their pattern, which has no equals. */
    private static Object read(SourceSpec source) {
        Pattern pattern = source.topicPattern();
        return pattern == null ? source.topics() : pattern.pattern();
    }

    private static boolean readAlike(SourceSpec one, SourceSpec other) {
        return Objects.equals(one.offsetReset(), other.offsetReset())
                && Objects.equals(one.timestampExtractor(), other.timestampExtractor())
                && sameClass(one.keyDeserializer(), other.keyDeserializer())
                && sameClass(one.valueDeserializer(), other.valueDeserializer());
    }

    private static boolean sameClass(@Nullable Object one, @Nullable Object other) {
        return (one == null || other == null) ? one == other : one.getClass() == other.getClass();
    }

    /** The keyed node reading another stream; its other inputs stay. */
    private static PlanNode onStream(PlanNode keyed, StreamNode stream) {
        List<PlanNode> inputs = new ArrayList<>(keyed.inputs());
        inputs.set(0, stream);
        return keyed.withInputs(inputs);
    }
}
