/**
 * What an application is to do, computed from its topology and the partition counts of its topics before anything runs: its
 * tasks, its internal topics, and which worker gets which task. Pure: nothing here reads a log or a clock.
 */
@NullMarked
package io.tailrace.runtime.plan;

import org.jspecify.annotations.NullMarked;
