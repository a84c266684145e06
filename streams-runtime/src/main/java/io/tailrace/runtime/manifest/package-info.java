/**
 * What an application had when it ran last: its stores and internal topics, recorded in the log, so that a changed topology is
 * compared with it before anything is touched. {@link io.tailrace.runtime.manifest.TopologyRecord} is the whole of it for the
 * engine. The record is in the log and not in the state directory, because it has to survive with the changelogs it speaks of.
 */
@NullMarked
package io.tailrace.runtime.manifest;

import org.jspecify.annotations.NullMarked;
