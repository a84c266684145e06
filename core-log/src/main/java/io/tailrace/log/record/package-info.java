/**
 * Kafka's record batch v2, byte for byte: {@link io.tailrace.log.record.BatchWriter} makes one, {@link
 * io.tailrace.log.record.RecordBatch} reads its header and checks it, {@link io.tailrace.log.record.RecordCursor} walks over
 * its records, {@link io.tailrace.log.record.BatchLayout} says where each field is. {@link io.tailrace.log.record.ProducerStamp} is what an idempotent producer adds, {@link
 * io.tailrace.log.record.ControlBatch} what ends a transaction. Bytes only, no files. Nothing that is
 * read is believed: every length is checked on both sides before it is used, so hostile bytes end in an error, never in an
 * overrun or a large allocation. The records behind the header may be compressed: {@link io.tailrace.log.record.compress}.
 */
@NullMarked
package io.tailrace.log.record;

import org.jspecify.annotations.NullMarked;
