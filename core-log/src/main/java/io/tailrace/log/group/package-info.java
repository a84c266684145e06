/**
 * Consumer groups: who is in a group, which partitions each member owns, and what the group has committed. {@link
 * io.tailrace.log.group.GroupCoordinator} is pure state: it is told what happened and answers, it takes no lock, reads no
 * clock and does no I/O. Committed offsets leave it as {@link io.tailrace.log.group.OffsetRecord}s, which the caller appends
 * to the topic {@code __consumer_offsets} and then gives back; replaying that topic rebuilds them.
 */
@NullMarked
package io.tailrace.log.group;

import org.jspecify.annotations.NullMarked;
