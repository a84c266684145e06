/**
 * The command line {@code tailrace}: one class per command, each reads its options, calls a sample and prints. {@link
 * io.tailrace.samples.cli.TailraceCommand} is the entry; it turns failures into one line on stderr and an exit code.
 */
@NullMarked
package io.tailrace.samples.cli;

import org.jspecify.annotations.NullMarked;
