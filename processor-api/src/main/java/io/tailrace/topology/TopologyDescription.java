package io.tailrace.topology;

import io.tailrace.processor.TopicNameExtractor;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A topology for people and tools to read. {@code toString()} gives the text form of Kafka Streams, which its
 * visualizers understand. Immutable, for any thread; all sets are in the order of that text.
 */
public interface TopologyDescription {
    Set<Subtopology> subtopologies();

    Set<GlobalStore> globalStores();

    /** A connected part of the topology, by its id. */
    interface Subtopology {
        /** Sub-topologies and global stores are numbered together. */
        int id();

        Set<Node> nodes();
    }

    /** A global store: its source and the processor that fills it. */
    interface GlobalStore {
        Source source();

        Processor processor();

        /** Sub-topologies and global stores are numbered together. */
        int id();
    }

    /** A node with its neighbours. */
    interface Node {
        String name();

        Set<Node> predecessors();

        Set<Node> successors();
    }

    /** A node that reads topics. */
    interface Source extends Node {
        /** Null when the source reads a pattern. */
        @Nullable
        Set<String> topicSet();

        /** Null when the source reads named topics. */
        @Nullable
        Pattern topicPattern();
    }

    /** A node that runs code. */
    interface Processor extends Node {
        /** The names of the stores it is connected to. */
        Set<String> stores();
    }

    /** A node that writes to a topic. */
    interface Sink extends Node {
        /** Null when an extractor chooses the topic per record. */
        @Nullable
        String topic();

        /** Null when the topic is fixed. */
        @Nullable
        TopicNameExtractor<?, ?> topicNameExtractor();
    }
}
