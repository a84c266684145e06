package io.tailrace.systemtests.crash;

import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.state.WindowStore;
import io.tailrace.state.WindowStoreIterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Joins orders and payments of a customer that are not far apart: keeps each, and forwards one match for every counterpart that
 * came before. Values begin with {@code o} or {@code p}; times of a customer's orders are unique.
 */
final class Matcher extends ContextualProcessor<String, String, String, String> {
    static final String ORDERS_SEEN = "orders-seen";
    static final String PAYMENTS_SEEN = "payments-seen";

    private static final long WITHIN_MS = 30_000;

    private @Nullable WindowStore<String, String> orders;
    private @Nullable WindowStore<String, String> payments;

    @Override
    public void init(ProcessorContext<String, String> context) {
        super.init(context);
        orders = context.getStateStore(ORDERS_SEEN);
        payments = context.getStateStore(PAYMENTS_SEEN);
    }

    @Override
    public void process(Record<String, String> record) {
        String key = Objects.requireNonNull(record.key());
        String value = Objects.requireNonNull(record.value());
        boolean order = value.charAt(0) == 'o';
        WindowStore<String, String> own = Objects.requireNonNull(order ? orders : payments);
        WindowStore<String, String> others = Objects.requireNonNull(order ? payments : orders);
        own.put(key, value, record.timestamp());
        try (WindowStoreIterator<String> found =
                others.fetch(key, record.timestamp() - WITHIN_MS, record.timestamp() + WITHIN_MS)) {
            while (found.hasNext()) {
                String other = found.next().value;
                context().forward(record.withValue(order ? value + other : other + value));
            }
        }
    }
}
