package io.tailrace.log.client;

/** Told of topics that come, grow and go, under the lock of {@link TopicChanges}. */
interface TopicListener {

    /** A topic is about to be created under a name that may have been used before; an exception keeps it from being created. */
    default void beforeCreation(String topic) {}

    /** The topic was created, or has got more partitions. */
    void topicChanged(String topic);

    /** The topic is out of the catalog; its partitions still exist. */
    void topicDeleted(String topic);
}
