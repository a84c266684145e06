package io.tailrace.processor;

/** Where the input record that is being processed was read from. */
public interface RecordMetadata {
    String topic();

    int partition();

    long offset();
}
