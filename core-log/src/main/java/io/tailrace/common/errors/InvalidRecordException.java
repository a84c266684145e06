package io.tailrace.common.errors;

import io.tailrace.common.TopicPartition;
import java.io.Serial;

/** A record breaks a rule of its topic, and was not stored; nor was any other of its batch. */
public final class InvalidRecordException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidRecordException(TopicPartition topicPartition, String found, String expected) {
        super(topicPartition + ": found " + found + ", expected " + expected);
    }
}
