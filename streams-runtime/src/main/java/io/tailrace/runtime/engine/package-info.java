/**
 * The assembler: {@link io.tailrace.runtime.engine.StreamsEngine} checks a topology against a log, creates internal topics,
 * loads global stores and makes workers. Who drives the workers is not decided here: an application gives each a thread, a
 * test driver takes turns on its own.
 */
@NullMarked
package io.tailrace.runtime.engine;

import org.jspecify.annotations.NullMarked;
