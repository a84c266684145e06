package io.tailrace.systemtests.kill;

import io.tailrace.common.errors.WakeupException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerRecords;
import java.time.Duration;

/** One of the threads of a {@link Victim}, which works until it is stopped. */
abstract class Worker {
    private final Victim victim;
    private final Thread thread;

    Worker(Victim victim, String name) {
        this.victim = victim;
        this.thread = new Thread(this::run, name);
    }

    final void start() {
        thread.start();
    }

    final void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for " + thread.getName(), e);
        }
    }

    /** Ends a wait for records. Called by another thread. */
    abstract void stop();

    /** Works until the victim is stopping, and closes what it has opened. */
    abstract void run();

    /** Waits for records; none only when the victim is stopping. */
    final ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer) {
        while (!victim.stopping) {
            try {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMinutes(1));
                if (!records.isEmpty()) {
                    return records;
                }
            } catch (WakeupException e) {
                if (!victim.stopping) {
                    throw e;
                }
            }
        }
        return ConsumerRecords.empty();
    }
}
