package io.tailrace.log.client;

/**
 * How topics are made when nobody says how.
 *
 * @param autoCreate whether sending to a topic that does not exist creates it
 * @param partitions of such a topic
 * @param segmentBytes of every topic that does not set {@code segment.bytes}
 */
public record TopicDefaults(boolean autoCreate, int partitions, int segmentBytes) {}
