/**
 * Record headers: pairs of a key and bytes that travel beside a record's key and value. Keys may repeat; the order of
 * adding is kept. The shape is that of Kafka's headers (KIP-82).
 */
@NullMarked
package io.tailrace.common.header;

import org.jspecify.annotations.NullMarked;
