/**
 * Looks at the files of a log without running it, for people who want to know whether they can trust it, and for those whose
 * disk has lied to them: {@link io.tailrace.log.inspect.LogDump} shows what is stored, {@link
 * io.tailrace.log.inspect.LogVerify} checks every byte and names what is wrong, {@link io.tailrace.log.inspect.LogSalvage}
 * copies what is intact to a new directory, {@link io.tailrace.log.inspect.LogBackup} copies a whole log. All work on a {@link
 * io.tailrace.log.storage.Storage}, return values and print nothing.
 *
 * <p>They read the files by themselves, not through the partitions of an open log: a tool that shares its code with what it
 * checks finds the faults of neither.
 */
@NullMarked
package io.tailrace.log.inspect;

import org.jspecify.annotations.NullMarked;
