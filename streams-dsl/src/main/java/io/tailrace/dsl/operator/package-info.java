/**
 * The processors that do the DSL's work, one small class per kind, and the suppliers that make them. They read event time
 * and stream time only, never a clock: the same input gives the same output.
 */
@NullMarked
package io.tailrace.dsl.operator;

import org.jspecify.annotations.NullMarked;
