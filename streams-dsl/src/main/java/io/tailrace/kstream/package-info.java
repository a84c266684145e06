/**
 * The DSL as a user sees it: streams, tables, and the options of their operations, source compatible with the public API of
 * Kafka Streams 4.3 apart from the package name. A leaf: nothing here knows how a program is run.
 *
 * <p>Of that API these parts are not here yet, so that code which uses them does not compile:
 *
 * <ul>
 *   <li>joins of two streams ({@code JoinWindows}, {@code StreamJoined}) and of two tables ({@code TableJoined}), and a grace
 *       period of stream-table joins ({@code Joined.withGracePeriod});
 *   <li>regrouping a table ({@code KTable.groupBy}, {@code KGroupedTable}), {@code KTable.transformValues};
 *   <li>{@code cogroup}, session windows, sliding windows;
 *   <li>{@code suppress} and {@code emitStrategy}: every update is sent on;
 *   <li>versioned stores and stores with headers, which processors may have, behind operations of the DSL;
 *   <li>{@code TopologyConfig} and {@code StreamsBuilder.build(Properties)}.
 * </ul>
 */
@NullMarked
package io.tailrace.kstream;

import org.jspecify.annotations.NullMarked;
