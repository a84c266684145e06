package io.tailrace.dsl.operator;

import static io.tailrace.dsl.operator.UserCode.asGiven;

import io.tailrace.kstream.KeyValueMapper;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.Record;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Prints a line per record. */
public final class PrintOperator<K, V> implements Processor<K, V, Void, Void> {
    private final PrintTarget target;
    private final String label;
    private final KeyValueMapper<? super K, ? super V, String> mapper;
    private boolean open;

    private PrintOperator(PrintTarget target, String label, KeyValueMapper<? super K, ? super V, String> mapper) {
        this.target = target;
        this.label = label;
        this.mapper = mapper;
    }

    /** @param file appended to; null for the standard output. All tasks share it */
    public static <K, V> ProcessorSupplier<K, V, Void, Void> of(
            @Nullable Path file, String label, KeyValueMapper<? super K, ? super V, String> mapper) {
        PrintTarget target = new PrintTarget(file);
        return () -> new PrintOperator<>(target, label, mapper);
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        target.open();
        open = true;
    }

    @Override
    public void process(Record<K, V> record) {
        target.println("[" + label + "]: " + mapper.apply(asGiven(record.key()), asGiven(record.value())));
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            target.close();
        }
    }
}
