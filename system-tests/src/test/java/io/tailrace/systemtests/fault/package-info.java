/**
 * The proof that a failing device changes nothing in what a stream app makes: a {@link io.tailrace.systemtests.fault.FailingDisk} fails, or
 * loses any of what was not forced, at every single operation of a {@link io.tailrace.systemtests.fault.SmallApp}. {@link
 * io.tailrace.systemtests.fault.StreamsFaultProof} is the place to start it.
 */
@NullMarked
package io.tailrace.systemtests.fault;

import org.jspecify.annotations.NullMarked;
