package io.tailrace.systemtests.process;

import io.tailrace.log.storage.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A storage that reports each call before it is done, while it is told to: places to be killed at. */
public final class StepwiseStorage {
    private final Storage storage;
    private final Runnable step;
    private volatile boolean reporting = true;

    /** @param step told of each call */
    public StepwiseStorage(Storage storage, Runnable step) {
        this.storage = storage;
        this.step = step;
    }

    public Storage asStorage() {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    if (reporting) {
                        step.run();
                    }
                    try {
                        return method.invoke(storage, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    public void report(boolean newReporting) {
        reporting = newReporting;
    }
}
