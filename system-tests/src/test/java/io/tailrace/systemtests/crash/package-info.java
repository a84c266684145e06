/**
 * The proof that stream apps process exactly once whatever kills their process. A {@link
 * io.tailrace.systemtests.crash.CrashVictim} is a process of its own with two apps on one log, fed meanwhile; {@link
 * io.tailrace.systemtests.crash.CrashRun} kills it over and over until everything is processed, and {@link
 * io.tailrace.systemtests.crash.Outcome} is what is left, to be compared with that of a run without kills. {@link
 * io.tailrace.systemtests.crash.StreamsKillProof} is the place to start it.
 */
@NullMarked
package io.tailrace.systemtests.crash;

import org.jspecify.annotations.NullMarked;
