/**
 * Holds the files of a log to Kafka's format, with Kafka's own classes as the judge: what Tailrace writes is read by Kafka's
 * log, its indexes and its dump tool, and what Kafka's log writes is read by Tailrace. {@link
 * io.tailrace.systemtests.kafkaformat.KafkaPartition} and {@link io.tailrace.systemtests.kafkaformat.TailracePartition} are the
 * two sides; a {@link io.tailrace.systemtests.kafkaformat.Row} is a record as both see it.
 */
@NullMarked
package io.tailrace.systemtests.kafkaformat;

import org.jspecify.annotations.NullMarked;
