package io.tailrace.log.api;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a group divides partitions between its members, by the names that Kafka's {@code partition.assignment.strategy} has for
 * them.
 *
 * <p>Whatever the assignor, a rebalance is cooperative: only partitions that change their owner are revoked, and a member never
 * stops reading those it keeps (as in Kafka's newer group protocol, KIP-848). An assignor decides who gets what, and so how much
 * has to move.
 */
public enum Assignor {
    /** Consecutive partitions of each topic by itself: partition n of topics with equal counts goes to one member. */
    RANGE,
    /** All partitions of all topics dealt out one by one, in order. */
    ROUND_ROBIN,
    /** As even as can be, and of all such ways one that moves little. */
    STICKY,
    /** The same as {@link #STICKY} under the name that Kafka gives it when nobody stops. */
    COOPERATIVE_STICKY;

    /** Kafka's name: {@code range}, {@code roundrobin}, {@code sticky} or {@code cooperative-sticky}. */
    public String protocolName() {
        return this == ROUND_ROBIN
                ? "roundrobin"
                : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException when no assignor has this {@link #protocolName} */
    public static Assignor parse(String protocolName) {
        return Stream.of(values())
                .filter(assignor -> assignor.protocolName().equals(protocolName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("assignor '" + protocolName + "', expected one of "
                        + List.of(values()).stream().map(Assignor::protocolName).toList()));
    }
}
