/**
 * What an application can tell of itself in numbers. Workers write plain counts down once per commit ({@link
 * io.tailrace.runtime.metrics.AppCounts}), whoever asks reads them: a meter registry ({@link
 * io.tailrace.runtime.metrics.AppMeters}), and the line that the log gets every minute ({@link
 * io.tailrace.runtime.metrics.SummaryLine}). Nothing here is called per record.
 */
@NullMarked
package io.tailrace.runtime.metrics;

import org.jspecify.annotations.NullMarked;
