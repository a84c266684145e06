/** Runs the stress tests of this module in a JVM of their own and prints what they counted. */
@NullMarked
package io.tailrace.stress;

import org.jspecify.annotations.NullMarked;
