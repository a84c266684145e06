package io.tailrace.log.group;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a member subscribes to. Immutable. */
public sealed interface Subscription {
    /** Nothing. */
    Subscription NONE = new Topics(Set.of());

    /** These topics now; those that do not exist count as well. */
    Set<String> topics(KnownTopics known);

    /** Topics by name. */
    record Topics(Set<String> names) implements Subscription {
        public Topics {
            names = Set.copyOf(names);
        }

        @Override
        public Set<String> topics(KnownTopics known) {
            return names;
        }
    }

    /** All topics whose whole name matches, also those to come. */
    record Matching(Pattern pattern) implements Subscription {

        @Override
        public Set<String> topics(KnownTopics known) {
            Set<String> matching = new TreeSet<>(known.matchable());
            matching.removeIf(topic -> !pattern.matcher(topic).matches());
            return matching;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Matching that
                    && pattern.pattern().equals(that.pattern.pattern())
                    && pattern.flags() == that.pattern.flags();
        }

        @Override
        public int hashCode() {
            return Objects.hash(pattern.pattern(), pattern.flags());
        }
    }
}
