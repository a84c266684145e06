/**
 * Tests over all modules at once: the architecture itself, and whole processes that are killed, starved and fed bad
 * input. What one module can show alone is tested in that module.
 */
@NullMarked
package io.tailrace.systemtests;

import org.jspecify.annotations.NullMarked;
