package io.tailrace.stores.rocksdb;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The iterators of one store that are open, so that those left open are closed with it and their callers named. Looking
 * at the stack costs more than opening an iterator, so it is done for the first ones of a store, and while another one is
 * open: one that leaks is either of these, or alone. Any thread.
 */
final class OpenScans {
    private static final Logger LOG = LoggerFactory.getLogger(OpenScans.class);
    private static final int ALWAYS_NAMED = 128;
    private static final String OURS = "io.tailrace.stores.";
    private static final StackWalker STACK = StackWalker.getInstance();

    private final Set<RocksScan> open = ConcurrentHashMap.newKeySet();
    private volatile int opened; // an estimate: lost updates only name more callers

    /** Who opens an iterator now, null when it is not worth finding out. */
    @Nullable
    String caller() {
        int before = opened;
        if (before < ALWAYS_NAMED) {
            opened = before + 1;
        } else if (open.isEmpty()) {
            return null;
        }
        return STACK.walk(frames -> frames.filter(frame -> !frame.getClassName().startsWith(OURS))
                .findFirst()
                .map(frame ->
                        frame.getClassName() + "." + frame.getMethodName() + "(line " + frame.getLineNumber() + ")")
                .orElse(null));
    }

    void add(RocksScan scan) {
        open.add(scan);
    }

    void remove(RocksScan scan) {
        open.remove(scan);
    }

    /** Closes what is left, and says who left it. */
    void closeAll(String storeName, Object where) {
        List<RocksScan> left = List.copyOf(open);
        left.forEach(RocksScan::abandon);
        open.clear();
        if (!left.isEmpty()) {
            LOG.warn(
                    "store '{}' in {}: closed {} iterators that were left open and held native memory; close each after use,"
                            + " best by try-with-resources. Opened by: {}",
                    storeName,
                    where,
                    left.size(),
                    callers(left));
        }
    }

    static String callers(List<RocksScan> scans) {
        Map<String, Integer> counts = new HashMap<>();
        scans.forEach(scan -> counts.merge(scan.openedBy(), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(entry -> entry.getKey() + " x " + entry.getValue())
                .reduce((a, b) -> a + ", " + b)
                .orElse("nobody");
    }
}
