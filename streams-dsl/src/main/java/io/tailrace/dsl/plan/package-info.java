/**
 * What a program says, before anything is decided about how it runs: a {@link io.tailrace.dsl.plan.Plan} of immutable
 * nodes that know their inputs only, rules that make a better plan of a plan, and one analysis that answers the questions
 * about consumers. Every name is in the nodes already.
 */
@NullMarked
package io.tailrace.dsl.plan;

import org.jspecify.annotations.NullMarked;
