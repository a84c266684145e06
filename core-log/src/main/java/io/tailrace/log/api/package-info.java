/**
 * What a user of the log, and the stream runtime, sees of it: {@link io.tailrace.log.api.EventLog} with its {@link
 * io.tailrace.log.api.Producer}, {@link io.tailrace.log.api.Consumer} and {@link io.tailrace.log.api.Admin}, and the
 * values and options they take. Interfaces and records only, nothing here does I/O; another log (a Kafka cluster, a
 * test double) can stand behind the same interfaces.
 */
@NullMarked
package io.tailrace.log.api;

import org.jspecify.annotations.NullMarked;
