/**
 * Global stores: every instance of the application has them in full, filled from all partitions of one topic. Each is a task
 * of its own, kept up to date by one worker; processors read it through a read-only face.
 */
@NullMarked
package io.tailrace.runtime.global;

import org.jspecify.annotations.NullMarked;
