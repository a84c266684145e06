/**
 * The proof that {@code kill -9} costs nothing that was acknowledged. A {@link io.tailrace.systemtests.kill.Victim} is a process of
 * its own with a log, producers and consumers, which reports what it was promised; {@link io.tailrace.systemtests.kill.KillRun}
 * kills it over and over, and {@link io.tailrace.systemtests.kill.LogCheck} holds the log that is left to the reports in
 * {@link io.tailrace.systemtests.kill.History}. {@link io.tailrace.systemtests.kill.KillProof} is the place to start it.
 */
@NullMarked
package io.tailrace.systemtests.kill;

import org.jspecify.annotations.NullMarked;
