/**
 * Kafka Streams as the judge: the same programs on its test driver and on ours, fed the same records, must describe
 * themselves, answer and remember alike. What begins with {@code Kafka} is written against Kafka Streams; {@code PortedSources}
 * makes a Tailrace app of its text by rewriting imports, which is how users port theirs.
 */
@NullMarked
package io.tailrace.systemtests.parity;

import org.jspecify.annotations.NullMarked;
