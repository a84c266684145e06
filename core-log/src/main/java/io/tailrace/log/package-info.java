/**
 * The door to the embedded log: {@link io.tailrace.log.EmbeddedLog} opens one in a directory or in memory, {@link
 * io.tailrace.log.LogOptions} says how. Everything after that goes through the interfaces of {@code io.tailrace.log.api}.
 */
@NullMarked
package io.tailrace.log;

import org.jspecify.annotations.NullMarked;
