package io.tailrace.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.common.Time;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.metrics.AppCounts;
import io.tailrace.runtime.metrics.AppMeters;
import io.tailrace.runtime.metrics.AppView;
import io.tailrace.runtime.metrics.SummaryLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one run of an application tells about itself: counts, the line in the log, and meters if there is a registry. Any thread. */
final class AppReport implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);

    private final AppCounts counts;
    private final SummaryLine summary;
    private final @Nullable AppMeters meters;

    AppReport(StreamsConfig config, AppHooks hooks, Time time) {
        MeterRegistry registry = hooks.meterRegistry();
        meters = registry == null ? null : new AppMeters(registry, config.applicationId());
        counts = new AppCounts(hooks.restoreListener(), meters == null ? AppCounts.Listener.NONE : meters);
        summary = new SummaryLine(LOG::info, config.applicationId(), time, config.logSummaryInterval(), counts);
    }

    AppCounts counts() {
        return counts;
    }

    /** The run begins to count. */
    void begin() {
        if (meters != null) {
            meters.bind(counts);
        }
    }

    /** There is something to look at from now on. */
    void show(AppView view) {
        if (meters != null) {
            meters.show(view);
        }
    }

    /** A worker has committed. */
    void onCommit() {
        summary.writeIfDue();
    }

    /** Takes the meters out of the registry. */
    @Override
    public void close() {
        if (meters != null) {
            meters.close();
        }
    }
}
