/** Small helpers over the log's public API that several samples need: create a topic if it is missing, read it to its end. */
@NullMarked
package io.tailrace.samples.log;

import org.jspecify.annotations.NullMarked;
