/** The ready-made timestamp extractors: the record's own timestamp, with a choice of what to do without one, or now. */
@NullMarked
package io.tailrace.processor.time;

import org.jspecify.annotations.NullMarked;
