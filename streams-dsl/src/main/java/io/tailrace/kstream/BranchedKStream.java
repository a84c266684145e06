package io.tailrace.kstream;

import java.util.Map;

/**
 * A stream on its way to being split: each record goes to the first branch whose condition holds, and to no other
 * (KIP-418). Obtained by {@link KStream#split()}; the branches are in the map that the last call returns, by their names.
 */
public interface BranchedKStream<K, V> {
    /** As {@link #branch(Predicate, Branched)}; the branch is named by its position, from 1. */
    BranchedKStream<K, V> branch(Predicate<? super K, ? super V> predicate);

    /**
     * One more branch, asked after those before it. Returns this.
     *
     * @param predicate which records it takes of those that no branch before it took
     */
    BranchedKStream<K, V> branch(Predicate<? super K, ? super V> predicate, Branched<K, V> branched);

    /** As {@link #defaultBranch(Branched)}; the branch is named {@code 0}. */
    Map<String, KStream<K, V>> defaultBranch();

    /** Records that no branch took go into one more branch. Ends the split. */
    Map<String, KStream<K, V>> defaultBranch(Branched<K, V> branched);

    /** Records that no branch took are dropped. Ends the split. */
    Map<String, KStream<K, V>> noDefaultBranch();
}
