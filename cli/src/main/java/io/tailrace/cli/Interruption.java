package io.tailrace.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command that is ended by Ctrl-C or SIGTERM close what it has open, which commits: its thread is interrupted, and the
 * JVM waits until it has ended, up to a limit. Owner: the command's thread; the JVM's shutdown calls in.
 */
final class Interruption {
    private static final long LIMIT_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);

    private Interruption() {}

    static Interruption watch(Thread command) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> interruption.interrupt(command), "tailrace-close-on-interrupt"));
        return interruption;
    }

    /** To be called before {@code System.exit}, which waits for the shutdown that waits for this. */
    void commandEnded() {
        ended.countDown();
    }

    private void interrupt(Thread command) {
        if (ended.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            if (!ended.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("tailrace: still not closed after " + LIMIT_SECONDS
                        + " s, ended as by kill -9; run again to go on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the JVM ends anyway
        }
    }
}
