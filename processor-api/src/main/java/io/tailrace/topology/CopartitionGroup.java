package io.tailrace.topology;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What must have equal partition counts.
 *
 * @param topics by logical name where internal
 * @param patternSources names of sources that read a pattern: all topics that they match belong to the group, too
 */
record CopartitionGroup(Set<String> topics, Set<String> patternSources) {
    CopartitionGroup {
        topics = Collections.unmodifiableSet(new LinkedHashSet<>(topics));
        patternSources = Collections.unmodifiableSet(new LinkedHashSet<>(patternSources));
    }

    /** This group with the topics that its pattern sources read. */
    CopartitionGroup reading(Map<String, NodeSpec> nodes) {
        Set<String> all = new LinkedHashSet<>(topics);
        patternSources.forEach(name -> all.addAll(((SourceSpec) Objects.requireNonNull(nodes.get(name))).topics()));
        return new CopartitionGroup(all, patternSources);
    }
}
