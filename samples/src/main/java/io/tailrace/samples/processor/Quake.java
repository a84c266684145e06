package io.tailrace.samples.processor;

/**
 * An earthquake.
 *
 * @param place for people: {@code "10km WNW of The Geysers, CA"}
 */
record Quake(double magnitude, String place) {}
