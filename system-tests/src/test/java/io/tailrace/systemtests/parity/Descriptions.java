package io.tailrace.systemtests.parity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Topology descriptions without what has no order by contract: the nodes of a sub-topology, the parents and children of a
 * node, and topics are sets there. The parts and their numbers stay as they are.
 */
final class Descriptions {
    private static final Pattern LIST = Pattern.compile("(--> |<-- |\\[)([^\\]]*)");
    private static final Pattern LAMBDA = Pattern.compile("KafkaPrograms\\$\\$Lambda[^)]*");

    private Descriptions() {}

    /** The parts in their order, each followed by its nodes, one a line, sorted. */
    static List<String> ordered(String description) {
        List<String> ordered = new ArrayList<>();
        Set<String> nodes = new TreeSet<>();
        StringBuilder node = new StringBuilder();
        for (String line : description.lines().toList()) {
            String text = LAMBDA.matcher(line.strip()).replaceAll("a lambda");
            text = LIST.matcher(text).replaceAll(list -> list.group(1) + sorted(list.group(2)));
            boolean more = text.startsWith("-->") || text.startsWith("<--");
            if (!more && node.length() > 0) {
                nodes.add(node.toString());
                node.setLength(0);
            }
            if (text.startsWith("Sub-topology") || text.equals("Topologies:")) {
                ordered.addAll(nodes);
                nodes.clear();
                ordered.add(text);
            } else if (!text.isEmpty()) {
                node.append(text).append(' ');
            }
        }
        if (node.length() > 0) {
            nodes.add(node.toString());
        }
        ordered.addAll(nodes);
        return ordered;
    }

    private static String sorted(String list) {
        return Arrays.stream(list.split(", ", -1)).sorted().collect(Collectors.joining(", "));
    }
}
