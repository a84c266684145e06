package io.tailrace.runtime.metrics;

import io.tailrace.common.TopicPartition;
import java.util.Collection;

/** What meters ask of a running application when they are read. Any thread. */
public interface AppView {
    /** Every partition that is read. */
    Collection<TopicPartition> inputs();

    /** How many offsets a partition has behind the last commit; NaN before the first. */
    double lag(TopicPartition input);

    /** The names of all stores. */
    Collection<String> stores();

    /** About how many entries a store has over all partitions; NaN when it cannot be read now, or cannot tell. */
    double entries(String store);

    /** About how many bytes they take; NaN likewise. */
    double bytes(String store);

    /** How many worker threads there are. */
    int workers();
}
