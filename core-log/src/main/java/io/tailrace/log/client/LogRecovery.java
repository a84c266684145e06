package io.tailrace.log.client;

import io.tailrace.common.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the partitions of a log that was not closed in order, which checks what was not known to be on the device; several at a
 * time. One that cannot be opened is left: using it says why, and the others work.
 */
final class LogRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(LogRecovery.class);

    /** One partition of a topic. */
    private record Work(Topic topic, int partition) {}

    private LogRecovery() {}

    static void run(Topics topics, int threads, Time time, RecoveryLog recoveryLog) {
        long startNs = time.nanoseconds();
        Queue<Work> work = new ConcurrentLinkedQueue<>();
        for (Topic topic : topics.all()) {
            for (int i = 0; i < topic.partitionCount(); i++) {
                if (topic.hasFiles(i)) {
                    work.add(new Work(topic, i));
                }
            }
        }
        int helperCount = Math.min(threads, work.size()) - 1; // before they begin to take work away
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i <= helperCount; i++) {
            Thread helper = new Thread(() -> drain(work), "tailrace-recovery-" + i);
            helper.setDaemon(true);
            helper.start();
            helpers.add(helper);
        }
        drain(work);
        helpers.forEach(Uninterruptibly::join);
        recoveryLog.took(Duration.ofNanos(time.nanoseconds() - startNs));
    }

    private static void drain(Queue<Work> work) {
        for (Work next = work.poll(); next != null; next = work.poll()) {
            try {
                next.topic().partition(next.partition());
            } catch (RuntimeException e) {
                LOG.error(
                        "{} cannot be recovered and is left as it is",
                        next.topic().topicPartitions().get(next.partition()),
                        e);
            }
        }
    }
}
