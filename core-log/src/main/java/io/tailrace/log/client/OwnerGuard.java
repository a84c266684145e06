package io.tailrace.log.client;

import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Catches two threads inside an object that is for one thread at a time. The same thread may enter again. */
final class OwnerGuard {
    private final String what;
    private final AtomicReference<@Nullable Thread> owner = new AtomicReference<>();
    private int depth; // owner only

    OwnerGuard(String what) {
        this.what = what;
    }

    /** @throws ConcurrentModificationException when another thread is inside */
    void enter() {
        Thread current = Thread.currentThread();
        if (owner.get() != current && !owner.compareAndSet(null, current)) {
            Thread inside = owner.get();
            throw new ConcurrentModificationException(what + " is used by thread " + current.getName() + " while "
                    + (inside == null ? "another thread" : "thread " + inside.getName())
                    + " is in it; it is for one thread at a time, only wakeup() is for any");
        }
        depth++;
    }

    void exit() {
        if (--depth == 0) {
            owner.set(null);
        }
    }
}
