/**
 * Processes to be killed: {@link io.tailrace.systemtests.process.ReportingJvm} is one seen from outside, {@link
 * io.tailrace.systemtests.process.ReportLines} and {@link io.tailrace.systemtests.process.StepwiseStorage} are used inside of it, to
 * tell how far it is.
 */
@NullMarked
package io.tailrace.systemtests.process;

import org.jspecify.annotations.NullMarked;
