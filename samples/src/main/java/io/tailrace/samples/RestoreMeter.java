package io.tailrace.samples;

import io.tailrace.processor.StateRestoreListener;
import io.tailrace.runtime.restore.RestoreReporter;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows the restore of an application's stores as a step of its own, if there is any. Owner: the reporter. */
public final class RestoreMeter implements Consumer<RestoreReporter.Report> {
    private final Progress progress;
    private Progress.@Nullable Meter meter;

    private RestoreMeter(Progress progress) {
        this.progress = progress;
    }

    public static StateRestoreListener on(Progress progress) {
        return new RestoreReporter(new RestoreMeter(progress));
    }

    @Override
    public void accept(RestoreReporter.Report report) {
        Progress.Meter shown = meter;
        if (shown == null) {
            shown = progress.start("restored", "records", report.total());
            meter = shown;
        }
        shown.reached(report.restored());
        if (report.open() == 0) {
            meter = null;
            shown.close();
        }
    }
}
