/**
 * The entry to the DSL: {@link io.tailrace.dsl.StreamsBuilder}. Its streams and tables are thin: each call checks its
 * arguments, gives the operation its name and appends a node to the plan. Planning is {@code dsl.plan}'s, making a topology
 * of the plan {@code dsl.lower}'s, doing the work {@code dsl.operator}'s.
 */
@NullMarked
package io.tailrace.dsl;

import org.jspecify.annotations.NullMarked;
