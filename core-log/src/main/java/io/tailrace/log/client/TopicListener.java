package io.tailrace.log.client;

/** Told of topics that come, grow and go, under the lock of {@link Topics}. */
interface TopicListener {

    /** The topic was created, or has got more partitions. */
    void topicChanged(String topic);

    /** The topic is out of the catalog; its partitions still exist. */
    void topicDeleted(String topic);
}
