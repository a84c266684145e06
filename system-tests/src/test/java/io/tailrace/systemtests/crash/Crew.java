package io.tailrace.systemtests.crash;

import io.tailrace.runtime.StreamsApp;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Adds worker threads to running apps and removes some, at the start and whenever so many more records are put out. {@link #put} may
 * be called by any thread; the rest by the owner.
 */
final class Crew implements AutoCloseable {
    private static final int MOST_RECORDS = 4_000;
    private static final int MOST_THREADS = 4;

    private final Map<String, StreamsApp> apps;
    private final SplittableRandom random;
    private final Consumer<String> changed;
    private final LinkedBlockingQueue<Long> progress = new LinkedBlockingQueue<>(); // negative: the end
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /**
     * @param apps by id; they have been started
     * @param changed told after each change
     */
    Crew(Map<String, StreamsApp> apps, SplittableRandom random, Consumer<String> changed) {
        this.apps = apps;
        this.random = random;
        this.changed = changed;
    }

    void begin() {
        TwoApps.begin("crew", end, this::work);
    }

    private void work() {
        long until = 0;
        try {
            for (long more = 0; more >= 0; more = progress.take()) {
                until -= more;
                if (until <= 0) {
                    changeOne();
                    until = random.nextLong(MOST_RECORDS);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private void changeOne() {
        List<String> ids = apps.keySet().stream().sorted().toList();
        String id = ids.get(random.nextInt(ids.size()));
        StreamsApp app = Objects.requireNonNull(apps.get(id));
        int threads = app.metadataForLocalThreads().size();
        boolean more = threads <= 1 || (threads < MOST_THREADS && random.nextBoolean());
        if ((more ? app.addStreamThread() : app.removeStreamThread()).isPresent()) {
            changed.accept(id);
        }
    }

    void put(long records) {
        progress.add(records);
    }

    /** Waits for the end of a change that is on. */
    @Override
    public void close() {
        progress.add(-1L);
        end.join();
    }
}
