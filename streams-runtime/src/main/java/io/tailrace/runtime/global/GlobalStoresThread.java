package io.tailrace.runtime.global;

import io.tailrace.runtime.worker.Closing;
import org.jspecify.annotations.Nullable;

/** Keeps global stores up to date on a thread of its own, until it is stopped or fails. */
public final class GlobalStoresThread implements Runnable {
    /** Told on the thread. */
    public interface Listener {
        /** The thread ends: null when it was stopped, else what went wrong; the stores are closed. */
        void globalStoresStopped(@Nullable Throwable cause);
    }

    private final GlobalStores stores;
    private final Listener listener;
    private volatile boolean stopping; // set by any thread

    /** @param stores handed over: used and closed by this thread only from its start on */
    public GlobalStoresThread(GlobalStores stores, Listener listener) {
        this.stores = stores;
        this.listener = listener;
    }

    /** Ends the loop; the stores are then committed and closed. Any thread. */
    public void stop() {
        stopping = true;
        stores.wakeup();
    }

    @Override
    public void run() {
        Throwable failure = null;
        try {
            while (!stopping) {
                if (stores.runOnce() == 0) {
                    stores.awaitWork();
                }
            }
            stores.close();
        } catch (RuntimeException | Error e) {
            new Closing().run(stores::abandon).suppressedBy(e);
            failure = e;
        }
        listener.globalStoresStopped(failure);
    }
}
