/**
 * The topology: {@link io.tailrace.topology.Topology} is what a user calls, its description what a user reads, and the
 * immutable {@link io.tailrace.topology.TopologyGraph} is all that a runtime sees of a program. Between them {@link
 * io.tailrace.topology.TopologyBuilder} checks what is added: nodes in {@code DraftNodes}, stores in {@code DraftStores}.
 */
@NullMarked
package io.tailrace.topology;

import org.jspecify.annotations.NullMarked;
