/**
 * The pipeline {@code quakes}: a topology of the Processor API, with a store and a punctuator on stream time, over the
 * earthquakes of a week. {@link io.tailrace.samples.processor.QuakeDays} is the processor.
 */
@NullMarked
package io.tailrace.samples.processor;

import org.jspecify.annotations.NullMarked;
