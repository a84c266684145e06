/**
 * The command line {@code tailrace}. {@link io.tailrace.cli.TailraceCommand} is the entry; it turns failures into one line on
 * stderr and an exit code. The commands are in the packages below, one class each.
 */
@NullMarked
package io.tailrace.cli;

import org.jspecify.annotations.NullMarked;
