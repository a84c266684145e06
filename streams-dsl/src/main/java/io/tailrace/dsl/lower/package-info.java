/** Makes a topology of a plan: one processor, source or sink per node, the names being those in the plan. */
@NullMarked
package io.tailrace.dsl.lower;

import org.jspecify.annotations.NullMarked;
