/** The commands that run a sample: each reads its options, calls the sample and prints. */
@NullMarked
package io.tailrace.cli.samples;

import org.jspecify.annotations.NullMarked;
