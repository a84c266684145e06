/**
 * The codecs of record batches, in Kafka's framing: {@link io.tailrace.log.record.compress.Codec} compresses and expands
 * bytes, one class for each library says which frames are written and read. A library is touched when the first batch uses
 * its codec, not before. What is expanded is not believed: it is bounded, and every way to fail ends in {@link
 * io.tailrace.log.record.compress.DecompressionException}.
 */
@NullMarked
package io.tailrace.log.record.compress;

import org.jspecify.annotations.NullMarked;
