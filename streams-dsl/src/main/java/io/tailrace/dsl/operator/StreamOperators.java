package io.tailrace.dsl.operator;

import static io.tailrace.dsl.operator.UserCode.asGiven;
import static io.tailrace.dsl.operator.UserCode.required;

import io.tailrace.kstream.ForeachAction;
import io.tailrace.kstream.KeyValueMapper;
import io.tailrace.kstream.Predicate;
import io.tailrace.kstream.ValueMapperWithKey;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.Record;
import java.util.List;

/** The operators of streams that keep no state. Each is a function from a record to what is forwarded for it. */
public final class StreamOperators {
    private StreamOperators() {}

    /** @param keep whether records for which the predicate holds are those that stay */
    public static <K, V> ProcessorSupplier<K, V, K, V> filter(Predicate<? super K, ? super V> predicate, boolean keep) {
        return stateless((record, context) -> {
            if (predicate.test(asGiven(record.key()), asGiven(record.value())) == keep) {
                context.forward(record);
            }
        });
    }

    public static <K, V, KR, VR> ProcessorSupplier<K, V, KR, VR> map(
            KeyValueMapper<? super K, ? super V, ? extends KeyValue<? extends KR, ? extends VR>> mapper) {
        return stateless((record, context) -> {
            KeyValue<? extends KR, ? extends VR> pair =
                    required(mapper.apply(asGiven(record.key()), asGiven(record.value())), "map");
            context.forward(record.<KR>withKey(pair.key).<VR>withValue(pair.value));
        });
    }

    public static <K, V, VR> ProcessorSupplier<K, V, K, VR> mapValues(
            ValueMapperWithKey<? super K, ? super V, ? extends VR> mapper) {
        return stateless((record, context) ->
                context.forward(record.<VR>withValue(mapper.apply(asGiven(record.key()), asGiven(record.value())))));
    }

    public static <K, V, KR> ProcessorSupplier<K, V, KR, V> selectKey(
            KeyValueMapper<? super K, ? super V, ? extends KR> mapper) {
        return stateless((record, context) ->
                context.forward(record.<KR>withKey(mapper.apply(asGiven(record.key()), asGiven(record.value())))));
    }

    public static <K, V, KR, VR> ProcessorSupplier<K, V, KR, VR> flatMap(
            KeyValueMapper<? super K, ? super V, ? extends Iterable<? extends KeyValue<? extends KR, ? extends VR>>>
                    mapper) {
        return stateless((record, context) -> {
            for (KeyValue<? extends KR, ? extends VR> pair :
                    required(mapper.apply(asGiven(record.key()), asGiven(record.value())), "flatMap")) {
                context.forward(record.<KR>withKey(pair.key).<VR>withValue(pair.value));
            }
        });
    }

    public static <K, V, VR> ProcessorSupplier<K, V, K, VR> flatMapValues(
            ValueMapperWithKey<? super K, ? super V, ? extends Iterable<? extends VR>> mapper) {
        return stateless((record, context) -> {
            for (VR value : required(mapper.apply(asGiven(record.key()), asGiven(record.value())), "flatMapValues")) {
                context.forward(record.<VR>withValue(value));
            }
        });
    }

    public static <K, V> ProcessorSupplier<K, V, K, V> peek(ForeachAction<? super K, ? super V> action) {
        return stateless((record, context) -> {
            action.apply(asGiven(record.key()), asGiven(record.value()));
            context.forward(record);
        });
    }

    public static <K, V> ProcessorSupplier<K, V, Void, Void> foreach(ForeachAction<? super K, ? super V> action) {
        return stateless((record, context) -> action.apply(asGiven(record.key()), asGiven(record.value())));
    }

    public static <K, V> ProcessorSupplier<K, V, K, V> passThrough() {
        return stateless((record, context) -> context.forward(record));
    }

    /**
     * Sends each record to the first child whose condition holds.
     *
     * @param defaultChild where the others go; empty to drop them
     */
    public static <K, V> ProcessorSupplier<K, V, K, V> split(List<Branch<K, V>> branches, List<String> defaultChild) {
        return stateless((record, context) -> {
            for (Branch<K, V> branch : branches) {
                if (branch.predicate().test(asGiven(record.key()), asGiven(record.value()))) {
                    context.forward(record, branch.child());
                    return;
                }
            }
            for (String child : defaultChild) {
                context.forward(record, child);
            }
        });
    }

    /** One way out of a split: the node that records go to, and the condition for it. */
    public record Branch<K, V>(String child, Predicate<? super K, ? super V> predicate) {}

    /** What one operator does with one record. */
    private interface Step<K, V, KR, VR> {
        void process(Record<K, V> record, ProcessorContext<KR, VR> context);
    }

    private static <K, V, KR, VR> ProcessorSupplier<K, V, KR, VR> stateless(Step<K, V, KR, VR> step) {
        return () -> new Stateless<>(step);
    }

    private static final class Stateless<K, V, KR, VR> extends ContextualProcessor<K, V, KR, VR> {
        private final Step<K, V, KR, VR> step;

        Stateless(Step<K, V, KR, VR> step) {
            this.step = step;
        }

        @Override
        public void process(Record<K, V> record) {
            step.process(record, context());
        }
    }
}
