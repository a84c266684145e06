package io.tailrace.systemtests.kill;

import io.tailrace.log.storage.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A storage that reports each call before it is done, while it is told to: places to be killed at. */
final class StepwiseStorage {
    private final Storage storage;
    private final Report.Writer report;
    private volatile boolean reporting = true;

    StepwiseStorage(Storage storage, Report.Writer report) {
        this.storage = storage;
        this.report = report;
    }

    Storage asStorage() {
        return (Storage) Proxy.newProxyInstance(
                Storage.class.getClassLoader(), new Class<?>[] {Storage.class}, (proxy, method, arguments) -> {
                    if (reporting) {
                        report.write(Report.Kind.STEP);
                    }
                    try {
                        return method.invoke(storage, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void report(boolean newReporting) {
        reporting = newReporting;
    }
}
