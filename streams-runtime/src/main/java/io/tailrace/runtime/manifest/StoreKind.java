package io.tailrace.runtime.manifest;

import io.tailrace.processor.StateStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Names what a store is for its readers, and so what its changelog holds: {@code KeyValueStore}, {@code WindowStore}, ... */
final class StoreKind {
    private static final String CONTRACTS = "io.tailrace.state";

    private StoreKind() {}

    /** The most specific of our interfaces that the store has; for a store of another kind the name of its class. */
    static String of(StateStore store) {
        Class<?> found = null;
        Deque<Class<?>> open = new ArrayDeque<>();
        open.add(store.getClass());
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            if (isContract(type) && (found == null || found.isAssignableFrom(type))) {
                found = type;
            }
            if (type.getSuperclass() != null) {
                open.add(type.getSuperclass());
            }
            open.addAll(List.of(type.getInterfaces()));
        }
        return found == null ? store.getClass().getName() : found.getSimpleName();
    }

    private static boolean isContract(Class<?> type) {
        return type.isInterface() && type.getPackageName().equals(CONTRACTS) && StateStore.class.isAssignableFrom(type);
    }
}
