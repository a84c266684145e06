package io.tailrace.systemtests.parity;

import java.util.List;
import java.util.Map;

/**
 * What a program made of its input.
 *
 * @param description of its topology
 * @param records per topic, internal ones too, in the order written
 * @param stores per name, the entries left at the end, sorted
 */
public record Outcome(String description, Map<String, List<String>> records, Map<String, List<String>> stores) {}
