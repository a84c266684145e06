package io.tailrace.log.client;

/** Told of topics that come and go, under the lock of {@link Topics}. */
interface TopicListener {

    void topicCreated(String topic);

    /** The topic is out of the catalog; its partitions still exist. */
    void topicDeleted(String topic);
}
