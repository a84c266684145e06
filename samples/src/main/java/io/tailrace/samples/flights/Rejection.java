package io.tailrace.samples.flights;

/**
 * A line that is no flight.
 *
 * @param line its bytes as they came
 * @param reason for people: what was found and what was expected
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy per line would cost
record Rejection(byte[] line, String reason) implements ParsedLine {}
