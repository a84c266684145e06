/**
 * Text files into topics, each line exactly once, however often the load is killed and started again: {@link
 * io.tailrace.samples.input.InputFile} (plain or gzip) → {@link io.tailrace.samples.input.LineReader} → {@link
 * io.tailrace.samples.input.LineFormat} (line to record) → {@link io.tailrace.samples.input.FileLoader}, which marks every
 * record with its {@link io.tailrace.samples.input.LineSource} and finds by these marks where a killed load stopped.
 */
@NullMarked
package io.tailrace.samples.input;

import org.jspecify.annotations.NullMarked;
